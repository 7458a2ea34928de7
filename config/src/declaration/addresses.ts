import { z } from "zod";

/** Hosts that RFC 2606 keeps for examples: an alert that leads there leads nowhere. */
const PLACEHOLDER_HOST = /(?:^|\.)(?:example|invalid|test)$|(?:^|\.)example\.(?:com|net|org)$/;

/** What no address needs, and what Prometheus' templates, Markdown and shells would take for their own. */
const NOT_IN_AN_ADDRESS = /[?#\s"'`<>(){}|\\]|\/$/;

/** An address of the deployment's own, and no placeholder. */
export function address(what: string, example: string) {
  return z
    .string()
    .superRefine((text, context) => {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (url === undefined || !/^https?:$/.test(url.protocol) || NOT_IN_AN_ADDRESS.test(text))
        context.addIssue({
          code: "custom",
          message: `use an http(s) address without query, quotes, braces and a slash at its end, as in "${example}"`,
        });
      else if (PLACEHOLDER_HOST.test(url.hostname))
        context.addIssue({ code: "custom", message: "is a placeholder; use the address of your own" });
    })
    .describe(what);
}

/** Where Prometheus finds processes of a kind. */
export function hosts(what: string, example: string) {
  const host = z
    .string()
    .regex(/^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):\d{1,5}$/, `use a host and a port, as in "${example}"`)
    .refine(
      (text) => !PLACEHOLDER_HOST.test(text.replace(/:\d+$/, "")),
      "is a placeholder; use the address of your own",
    );
  return z.array(host).min(1, "name at least one").describe(what);
}
