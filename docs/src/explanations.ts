import { ALERT_RULES, ALERTS, type AlertRule, runbookFile } from "@sockscope/alerts";
import {
  allMetrics,
  allTargets,
  CLOSE_CODE_LABELS,
  CLOSE_CODE_MEANINGS,
  CLOSE_POLICIES,
  type CloseCodeLabel,
  COLLECTOR_REFUSALS,
  closeCodeLabel,
  DEFAULT_CATALOG,
  type DocumentedMetric,
  type LabelDomain,
  SERVER_CLOSE_CODES,
  type Target,
} from "@sockscope/catalog";
import { REFUSALS } from "@sockscope/catalog/protocol";
import { clientDoes } from "@sockscope/runbooks";
import { RECORDING_GROUPS, type RecordingRule } from "@sockscope/slo";
import { errorTexts } from "./errors-page.ts";
import { labelTexts } from "./metric-section.ts";
import { namesIn, readersMentioning, readingsOf } from "./readers.ts";
import { filesUsing, WITH_ERRORS } from "./symbol-uses.ts";
import { symptomFolder } from "./symptom-folder.ts";
import { objectiveText, sliOf } from "./targets-page.ts";

/** The shape of what the command line shows; `cli/src/explain/explanation.ts` is its type there. */
interface Explanation {
  readonly kind: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly text: string;
  readonly facts: readonly (readonly [name: string, text: string])[];
}

/** Everything with a name that a query can read. */
const READABLE: ReadonlySet<string> = new Set([
  ...allMetrics(DEFAULT_CATALOG).map(({ metric }) => metric.name),
  ...RECORDING_GROUPS.flatMap(({ rules }) => rules).map(({ record }) => record),
]);

function files(symbol: string, workspaces: readonly string[]): string {
  return filesUsing(symbol, workspaces).join("\n") || "nobody yet";
}

function reads(query: string): string {
  return namesIn(query, READABLE).join("\n") || "nothing";
}

function readBy(name: string): string {
  const lines = readingsOf(name).map(({ reader: { kind, name: reader, file }, through }) => {
    const way = through === undefined ? "" : `, through ${through}`;
    return `${kind} ${reader}${way} (${file})`;
  });
  return lines.join("\n") || "nobody yet";
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
      ["Read by", readBy(entry.metric.name)],
    ],
  };
}

function whenItFires({ severity, labels, expression, holds, keepFiringFor }: AlertRule): string {
  const who = { page: "A page", ticket: "A ticket", none: "For machines" }[severity];
  const times = [
    ...(holds === undefined ? [] : [`after ${holds}`]),
    ...(keepFiringFor === undefined ? [] : [`for ${keepFiringFor} after its condition ended`]),
    ...Object.entries(labels ?? {}).map(([name, value]) => `${name} ${value}`),
  ];
  return `${[who, ...times].join(", ")}:\n${expression.promql}`;
}

function alert(name: string): Explanation {
  const rules = ALERT_RULES.filter((rule) => rule.name === name);
  const queries = rules.map(({ expression }) => expression.promql).join("\n");
  const told = ALERTS.find((candidate) => candidate.name === name);
  const runbook =
    told === undefined
      ? "There is no runbook yet, and no file that is generated loads this alert."
      : `runbooks/pages/${runbookFile(told)}`;
  return {
    kind: "alert",
    name,
    aliases: [],
    text: [...new Set(rules.map(({ summary }) => summary))].join(" "),
    facts: [
      ...(told === undefined ? [] : [["Its pager says", told.description] as const]),
      ["It fires", rules.map(whenItFires).join("\n\n")],
      ["It reads", reads(queries)],
      ["What to do", runbook],
      ["In the source", symptomFolder(name)],
    ],
  };
}

function recordingRule({ record, meaning, expression }: RecordingRule): Explanation {
  return {
    kind: "recording rule",
    name: record,
    aliases: [],
    text: meaning,
    facts: [
      ["Labels", expression.labels.join(", ") || "none"],
      ["It records", expression.promql],
      ["It reads", reads(expression.promql)],
      ["Read by", readBy(record)],
    ],
  };
}

function target(entry: Target): Explanation {
  const met = sliOf(entry).met.promql;
  return {
    kind: "target",
    name: entry.id,
    aliases: [],
    text: `${entry.title}: ${objectiveText(entry.objective)}, over ${entry.per}. ${entry.rationale}`,
    facts: [
      ["Met where this has a result", met],
      ["It reads", reads(met)],
      ["Held to it", files(entry.id, ["slo", "dashboards", "alerts"])],
    ],
  };
}

/** The metrics that have a series for a close code. */
function countedIn(code: CloseCodeLabel): string[] {
  return [...DEFAULT_CATALOG.clientMetrics, ...DEFAULT_CATALOG.serverMetrics].flatMap(({ metric }) => {
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

function error(code: string, text: string): Explanation {
  const alerts = readersMentioning(code).map(({ kind, name }) => `${kind} ${name}`);
  return {
    kind: "error",
    name: code,
    aliases: [],
    text,
    facts: [
      ["It comes from", files(code, WITH_ERRORS)],
      ...(code in REFUSALS ? [["Counted in", `${COLLECTOR_REFUSALS.name}{code="${code}"}`] as const] : []),
      ...(alerts.length === 0 ? [] : [["Read by", alerts.join("\n")] as const]),
    ],
  };
}

/** Everything that has a name which somebody may meet and not know. */
function explanations(): readonly Explanation[] {
  return [
    ...allMetrics(DEFAULT_CATALOG).map(metric),
    ...[...new Set(ALERT_RULES.map(({ name }) => name))].map(alert),
    ...RECORDING_GROUPS.flatMap(({ rules }) => rules).map(recordingRule),
    ...allTargets(DEFAULT_CATALOG.targets).map(target),
    ...CLOSE_CODE_LABELS.map(closeCode),
    ...Object.entries(errorTexts()).map(([code, text]) => error(code, text)),
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
