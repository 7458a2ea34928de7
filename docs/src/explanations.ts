import { existsSync } from "node:fs";
import { ALERTS, type Alert, runbookUrl } from "@sockscope/alerts";
import {
  CLIENT_METRICS,
  CLOSE_CODE_LABELS,
  CLOSE_CODE_MEANINGS,
  CLOSE_POLICIES,
  type CloseCodeLabel,
  COLLECTOR_METRICS,
  closeCodeLabel,
  type DocumentedMetric,
  type LabelDomain,
  SERVER_CLOSE_CODES,
  SERVER_METRICS,
  TARGETS,
  type Target,
} from "@sockscope/catalog";
import { RECORDING_GROUPS, type RecordingRule } from "@sockscope/slo";
import { clientDoes } from "./close-codes-page.ts";
import { errorTexts } from "./errors-page.ts";
import { labelTexts, READERS } from "./metric-section.ts";
import { ROOT } from "./root.ts";
import { filesUsing } from "./symbol-uses.ts";
import { objectiveText, sliOf } from "./targets-page.ts";

/** The shape of what the command line shows; `cli/src/explain/explanation.ts` is its type there. */
interface Explanation {
  readonly kind: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly text: string;
  readonly facts: readonly (readonly [name: string, text: string])[];
}

function files(symbol: string, workspaces: readonly string[]): string {
  return filesUsing(symbol, workspaces).join(" ") || "nobody yet";
}

function metric(entry: DocumentedMetric): Explanation {
  const labels = labelTexts(entry);
  return {
    kind: "metric",
    name: entry.metric.name,
    aliases: [entry.symbol],
    text: entry.help,
    facts: [
      ["Read it as", entry.readAs],
      ["Do not", entry.doNot],
      ...(labels.length === 0 ? [] : [["Labels", labels.join("; ")] as const]),
      ["Recorded by", files(entry.symbol, ["sdk", "server", "collector"])],
      ["Read by", files(entry.symbol, READERS)],
    ],
  };
}

/** Throws an Error for an alert whose symptom has no folder of its name. */
function symptomFolder(name: string): string {
  const folder = `alerts/src/symptoms/${name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase()}`;
  if (!existsSync(`${ROOT}${folder}`)) throw new Error(`${name} has no folder ${folder}.`);
  return folder;
}

function alert(entry: Alert): Explanation {
  const { name, severity, summary, expression, holds, keepFiringFor } = entry;
  const times = [
    severity === "page" ? "a page" : "a ticket",
    ...(holds === undefined ? [] : [`after ${holds}`]),
    ...(keepFiringFor === undefined ? [] : [`and for ${keepFiringFor} after its condition ended`]),
  ];
  return {
    kind: "alert",
    name,
    aliases: [],
    text: summary,
    facts: [
      ["It is", times.join(" ")],
      ["It fires on", expression.promql],
      ["What to do", `runbooks/pages/${new URL(runbookUrl(entry)).pathname.split("/").at(-1)}`],
      ["In the source", `${symptomFolder(name)}: alert.ts, cases.ts, runbook.ts`],
    ],
  };
}

function recordingRule({ record, expression }: RecordingRule): Explanation {
  return {
    kind: "recording rule",
    name: record,
    aliases: [],
    text: `A recorded expression with the labels ${expression.labels.join(", ") || "of none"}.`,
    facts: [["It records", expression.promql]],
  };
}

function target(entry: Target): Explanation {
  return {
    kind: "target",
    name: entry.id,
    aliases: [],
    text: `${entry.title}: ${objectiveText(entry.objective)}, over ${entry.per}. ${entry.rationale}`,
    facts: [["Met where this has a result", sliOf(entry).met.promql]],
  };
}

/** The metrics that have a series for a close code. */
function countedIn(code: CloseCodeLabel): string[] {
  return [...CLIENT_METRICS, ...SERVER_METRICS].flatMap(({ metric }) => {
    const codes: LabelDomain | undefined = (metric.labels as Readonly<Record<string, LabelDomain>>)["code"];
    return Array.isArray(codes) && codes.includes(code) ? [metric.name] : [];
  });
}

function closeCode(code: CloseCodeLabel): Explanation {
  const { name, meaning, travels } = CLOSE_CODE_MEANINGS[code];
  const policy = CLOSE_POLICIES[code];
  const reasons = Object.entries(SERVER_CLOSE_CODES).flatMap(([reason, sent]) =>
    closeCodeLabel(sent) === code ? [reason] : [],
  );
  return {
    kind: "close code",
    name: code,
    aliases: [],
    text: `${name}. ${meaning}`,
    facts: [
      ["A client does", clientDoes(policy)],
      ["The user sees", policy.userSees],
      ...(reasons.length === 0 ? [] : [["The server sends it for", reasons.join(", ")] as const]),
      ["Counted in", countedIn(code).join(" ")],
      ["It travels", travels ? "in a close frame" : "never: the endpoint that reports it makes it up"],
    ],
  };
}

/** Everything that has a name which somebody may meet and not know. */
function explanations(): readonly Explanation[] {
  return [
    ...[...CLIENT_METRICS, ...SERVER_METRICS, ...COLLECTOR_METRICS].map(metric),
    ...ALERTS.map(alert),
    ...RECORDING_GROUPS.flatMap(({ rules }) => rules).map(recordingRule),
    ...TARGETS.map(target),
    ...CLOSE_CODE_LABELS.map(closeCode),
    ...Object.entries(errorTexts()).map(([name, text]) => ({
      kind: "error",
      name,
      aliases: [],
      text,
      facts: [],
    })),
  ];
}

/** cli/src/generated/explanations.ts: the published command cannot look into the sources. */
export function explanationsFile(): string {
  return [
    "// Generated by `npm run generate`. Change the source, not this file.",
    'import type { Explanation } from "../explain/explanation.ts";',
    "",
    "/** Everything that `sockscope explain` knows. */",
    `export const EXPLANATIONS: readonly Explanation[] = ${JSON.stringify(explanations(), null, 2)};`,
    "",
  ].join("\n");
}
