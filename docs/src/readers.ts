import { ALERT_RULES, type Runbook, SYMPTOMS } from "@sockscope/alerts";
import { allTargets, DEFAULT_CATALOG } from "@sockscope/catalog";
import { DASHBOARDS } from "@sockscope/dashboards";
import type { Expression } from "@sockscope/promql";
import { RECORDING_GROUPS } from "@sockscope/slo";
import { filesWith } from "./symbol-uses.ts";
import { symptomFolder } from "./symptom-folder.ts";
import { sliOf } from "./targets-page.ts";

/** Somebody who asks Prometheus for something. */
export interface Reader {
  readonly kind: "recording rule" | "target" | "alert" | "panel" | "runbook";
  readonly name: string;
  readonly query: string;
  /** Where it is written, from the repository's root. */
  readonly file: string;
}

/** A reader of a name, and the recording rule through which it reads it, if not directly. */
export interface Reading {
  readonly reader: Reader;
  readonly through?: string;
}

function queriesOf({ triage, causes }: Runbook): Expression[] {
  const checks = [...triage, ...causes.flatMap((cause) => cause.checks)];
  return checks.flatMap(({ query }) => (query === undefined ? [] : [query]));
}

/** Every query of the rules, targets, alerts, dashboards and runbooks. */
const READERS: readonly Reader[] = [
  ...RECORDING_GROUPS.flatMap(({ rules }) => rules).map(({ record, expression }) => ({
    kind: "recording rule" as const,
    name: record,
    query: expression.promql,
    file: "slo/src/recording-rules.ts",
  })),
  ...allTargets(DEFAULT_CATALOG.targets).map((target) => ({
    kind: "target" as const,
    name: target.id,
    query: sliOf(target).met.promql,
    file: "slo/src/slis.ts",
  })),
  ...ALERT_RULES.map(({ name, expression }) => ({
    kind: "alert" as const,
    name,
    query: expression.promql,
    file: `${symptomFolder(name)}/expression.ts`,
  })),
  ...DASHBOARDS.flatMap(({ panels }) => panels).flatMap(({ title, queries }) =>
    queries.map(({ expression }) => ({
      kind: "panel" as const,
      name: title,
      query: expression.promql,
      file: filesWith(`title: ${JSON.stringify(title)}`, ["dashboards"]).join(),
    })),
  ),
  ...SYMPTOMS.flatMap(({ alert, runbook }) =>
    queriesOf(runbook).map((expression) => ({
      kind: "runbook" as const,
      name: alert.name,
      query: expression.promql,
      file: `${symptomFolder(alert.name)}/runbook.ts`,
    })),
  ),
];

/** What a classic histogram adds to its name. */
const SUFFIX = /_(?:bucket|sum|count)$/;

/** The metrics and recorded expressions that a query reads, of those that are known. */
export function namesIn(query: string, known: ReadonlySet<string>): readonly string[] {
  const withoutStrings = query.replaceAll(/"(?:\\.|[^"\\])*"/g, '""');
  const words = withoutStrings.match(/[a-zA-Z_:][\w:]*/g) ?? [];
  const names = words.map((word) => (known.has(word) ? word : word.replace(SUFFIX, "")));
  return [...new Set(names.filter((name) => known.has(name)))];
}

function directReaders(name: string): Reader[] {
  const known = new Set([name]);
  return READERS.filter(({ query }) => namesIn(query, known).length > 0);
}

/** Everybody who reads a metric or a recorded expression, each once. */
export function readingsOf(name: string): readonly Reading[] {
  const direct: Reading[] = directReaders(name).map((reader) => ({ reader }));
  const indirect = direct.flatMap(({ reader }) =>
    reader.kind === "recording rule"
      ? readingsOf(reader.name).map((reading) => ({ through: reader.name, ...reading }))
      : [],
  );
  const seen = new Map<string, Reading>();
  for (const reading of [...direct, ...indirect]) {
    const key = `${reading.reader.kind} ${reading.reader.name}`;
    if (!seen.has(key)) seen.set(key, reading);
  }
  return [...seen.values()];
}

/** Those whose queries have a text in them, such as the value of a label. */
export function readersMentioning(text: string): readonly Reader[] {
  return READERS.filter(({ query }) => query.includes(text));
}
