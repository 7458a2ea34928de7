import type { Catalog, ClosePolicy } from "@sockscope/catalog";
import { joined } from "./markdown.ts";
import { markdownRow } from "./markdown-row.ts";

/** What a client does after such a close, in words. */
export function clientDoes({ action, firstDelay, tokenRefresh }: ClosePolicy): string {
  const refresh = {
    "opt-in": "; opt-in: refresh the token once and try once more",
    "after-never-opened": "; after repeated closes before `open`: refresh the token",
  };
  return [
    action,
    firstDelay === undefined ? "" : ", longer first delay",
    tokenRefresh === undefined ? "" : refresh[tokenRefresh],
  ].join("");
}

const HEAD = ["code", "name", "meaning", "travels in a close frame", "client does", "user sees"];

/** The policy table that client, server, dashboards, alerts and runbooks share. */
export function policyTable({ closeCodes }: Catalog): string {
  const rows = closeCodes.map(({ label, name, meaning, travels, policy }) =>
    markdownRow([label, name, meaning, travels ? "yes" : "no", clientDoes(policy), policy.userSees]),
  );
  return [markdownRow(HEAD), `|${HEAD.map(() => "---").join("|")}|`, ...rows].join("\n");
}

/** CLOSE_CODES.md of the documentation: the policy by itself. */
export function closeCodesPage(catalog: Catalog): string {
  const page = joined([
    "<!-- Generated. Change the source or the configuration, not this file. -->",
    "# Close codes",
    "What each code means and what a client does about it. `3xxx`, `4xxx` and `unassigned` stand for every code of their range that has no row of its own; they are also the values of the label `code`. Who sends each, which alerts count it and what to look at is [beside the runbooks](../runbooks/pages/CLOSE_CODES.md).",
    policyTable(catalog),
  ]);
  return `${page}\n`;
}
