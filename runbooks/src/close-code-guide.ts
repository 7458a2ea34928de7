import { alertsByCloseCode, runbookFile, type Symptom } from "@sockscope/alerts";
import {
  AFFECTED_SESSIONS,
  type Catalog,
  CLOSES,
  type CloseCode,
  type CloseCodeLabel,
  SERVER_CLOSE_CODES,
  SERVER_CLOSES,
  WITHOUT_CLOSE_FRAME,
} from "@sockscope/catalog";
import { CLOSE_CODE_HINTS, type CloseCodeHint } from "./close-code-hints.ts";
import { clientDoes, policyTable } from "./close-codes-page.ts";
import { joined } from "./markdown.ts";

/** What is known of a code that a deployment has declared. */
const OWN_CODE: CloseCodeHint = {
  sentBy: "the application",
  lookAt: "Why the application sends it: it is one of your own.",
};

function reasonsOf({ label }: CloseCode, catalog: Catalog): readonly string[] {
  const all = Object.entries({ ...SERVER_CLOSE_CODES, ...catalog.closeReasons });
  return all.filter(([, code]) => catalog.closeCodeLabel(code) === label).map(([reason]) => `\`${reason}\``);
}

function seriesOf({ label, policy }: CloseCode): readonly string[] {
  const felt = policy.userSees === "nothing" ? [] : [AFFECTED_SESSIONS];
  return [CLOSES, ...felt, SERVER_CLOSES].map(({ name }) => `\`${name}{code="${label}"}\``);
}

function alertLinks(names: readonly string[], symptoms: readonly Symptom[]): string {
  const links = symptoms
    .filter(({ name }) => names.includes(name))
    .map(({ name }) => `[${name}](${runbookFile({ name })})`);
  return links.length === 0 ? "none by its name" : links.join(", ");
}

function section(code: CloseCode, catalog: Catalog, alerts: string): string {
  const { label, name, meaning, policy } = code;
  const { sentBy, lookAt } = CLOSE_CODE_HINTS[label as CloseCodeLabel] ?? OWN_CODE;
  const reasons = reasonsOf(code, catalog);
  const because = reasons.length === 0 ? "" : `; the server's reasons are ${reasons.join(", ")}`;
  const isReported = (WITHOUT_CLOSE_FRAME as readonly string[]).includes(label);
  const facts = [
    `- **Who sends it:** ${sentBy}${because}.${isReported ? " No close frame has it." : ""}`,
    `- **The client** ${policy.action === "retry" ? "comes back by itself" : "does not come back by itself"} (${clientDoes(policy)}).`,
    `- **The user** sees ${policy.userSees === "nothing" ? "nothing" : `"${policy.userSees}"`}.`,
    `- **Counted in:** ${seriesOf(code).join(", ")}.`,
    `- **Alerts:** ${alerts}.`,
    `- **Look first at:** ${lookAt}`,
  ];
  return joined([`## ${label} ${name}`, meaning, facts.join("\n")]);
}

/** CLOSE_CODES.md beside the runbooks: what to think of each close code in the middle of the night. */
export function closeCodeGuide(catalog: Catalog, symptoms: readonly Symptom[]): string {
  const counting = alertsByCloseCode(catalog);
  const alertsOf = ({ label }: CloseCode): string => alertLinks(counting.get(label) ?? [], symptoms);
  const page = joined([
    "<!-- Generated. Change the source or the configuration, not this file. -->",
    "# Close codes",
    `You see a close code, in an alert, a log or a browser: here is what it means and where to look. \`${CLOSES.name}\` is what browsers saw and \`${SERVER_CLOSES.name}\` what chat servers did; \`${AFFECTED_SESSIONS.name}\` counts a page once, however often it is closed. \`3xxx\`, \`4xxx\` and \`unassigned\` stand for every code of their range that has no row of its own. All [runbooks](README.md).`,
    policyTable(catalog),
    ...catalog.closeCodes.map((code) => section(code, catalog, alertsOf(code))),
  ]);
  return `${page}\n`;
}
