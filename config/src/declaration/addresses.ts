import { z } from "zod";

/** Hosts that RFC 2606 keeps for examples, also where a dot ends them: an alert that leads there leads nowhere. */
const PLACEHOLDER_HOST = /(?:^|\.)(?:example|invalid|test|example\.(?:com|net|org))\.?$/i;

/** What no address needs, and what Prometheus' templates, Grafana's provisioning, Markdown and shells would take for their own. */
const NOT_IN_AN_ADDRESS = /[?#$\s"'`<>(){}|\\]|\/$/;

const HIGHEST_PORT = 65_535;

function addressWithout(forbidden: RegExp, advice: string) {
  return z.string().superRefine((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    // The parser adds slashes that are missing; who reads the text does not.
    if (url === undefined || !/^https?:\/\//.test(text) || forbidden.test(text))
      context.addIssue({ code: "custom", message: advice });
    else if (PLACEHOLDER_HOST.test(url.hostname))
      context.addIssue({ code: "custom", message: "is a placeholder; use the address of your own" });
  });
}

/** An address of the deployment's own, to which paths are added, and no placeholder. */
export function address(what: string, example: string) {
  return addressWithout(
    NOT_IN_AN_ADDRESS,
    `use an http(s) address without query, quotes, braces, "$" and a slash at its end, as in "${example}"`,
  ).describe(what);
}

/** Neither Markdown nor a shell meets it; a fragment is never sent. */
const NOT_IN_AN_ENDPOINT = /[#\s"'`<>(){}|\\]/;

/**
 * An address that something is posted to, which may have a query, and no placeholder.
 *
 * @param fileKey the setting beside it that names a file with an address that is a secret
 */
export function endpoint(what: string, example: string, fileKey: string) {
  return addressWithout(
    NOT_IN_AN_ENDPOINT,
    `use an http(s) address without quotes and braces, as in "${example}"`,
  )
    .refine(
      (text) => !hasCredentials(text),
      `an address with a user or a password is a secret: put it into a file, and name that by ${fileKey}`,
    )
    .describe(what);
}

function hasCredentials(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username + password !== "";
}

/** Where Prometheus finds processes of a kind. */
export function hosts(what: string, example: string) {
  const host = z
    .string()
    .regex(/^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):\d{1,5}$/, `use a host and a port, as in "${example}"`)
    .refine((text) => {
      const port = Number(/\d+$/.exec(text)?.[0]);
      return port >= 1 && port <= HIGHEST_PORT;
    }, `use a port from 1 to ${HIGHEST_PORT}`)
    .refine(
      (text) => !PLACEHOLDER_HOST.test(text.replace(/:\d+$/, "")),
      "is a placeholder; use the address of your own",
    );
  return z.array(host).min(1, "name at least one").describe(what);
}
