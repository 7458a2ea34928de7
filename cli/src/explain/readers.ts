import { alerts, queriesOf, symptoms } from "@sockscope/alerts";
import type { Catalog } from "@sockscope/catalog";
import { dashboards, panelsOf } from "@sockscope/dashboards";
import { chooseBy, type Expression } from "@sockscope/promql";
import { recordingGroups, slis } from "@sockscope/slo";

/** Somebody who asks Prometheus for something. */
export interface Reader {
  readonly kind: "recording rule" | "target" | "alert" | "panel" | "runbook";
  readonly name: string;
  readonly query: string;
}

/** A reader of a name, and the recording rule through which it reads it, if not directly. */
export interface Reading {
  readonly reader: Reader;
  readonly through?: string;
}

function reader(kind: Reader["kind"], name: string, { promql }: Expression): Reader {
  return { kind, name, query: promql };
}

/** Every query of the rules, targets, alerts, dashboards and runbooks. */
export function readersOf(catalog: Catalog): readonly Reader[] {
  const { environmentLabels } = catalog;
  const panels = dashboards(catalog).flatMap(panelsOf);
  return [
    ...recordingGroups(catalog)
      .flatMap(({ rules }) => rules)
      .map(({ record, expression }) => reader("recording rule", record, expression)),
    ...slis(catalog).map(({ target, met }) => reader("target", target.id, met)),
    ...alerts(catalog).map(({ name, expression }) => reader("alert", name, expression)),
    ...panels.flatMap(({ title, queries }) =>
      queries.map(({ expression }) => reader("panel", title, chooseBy(expression, environmentLabels))),
    ),
    ...symptoms(catalog).flatMap(({ name, runbook }) =>
      queriesOf(runbook).map((query) => reader("runbook", name, query)),
    ),
  ];
}

/** What a classic histogram adds to its name. */
const SUFFIX = /_(?:bucket|sum|count)$/;

/** The metrics and recorded expressions that a query reads, of those that are known. */
export function namesIn(query: string, known: ReadonlySet<string>): readonly string[] {
  const withoutStrings = query.replaceAll(/"(?:\\.|[^"\\])*"/g, '""');
  const words = withoutStrings.match(/[a-zA-Z_:][\w:]*/g) ?? [];
  const names = words.map((word) => (known.has(word) ? word : word.replace(SUFFIX, "")));
  return [...new Set(names.filter((name) => known.has(name)))];
}

/** Everybody who reads a metric or a recorded expression, each once. */
export function readingsOf(name: string, readers: readonly Reader[]): readonly Reading[] {
  const known = new Set([name]);
  const direct: Reading[] = readers
    .filter(({ query }) => namesIn(query, known).length > 0)
    .map((reader) => ({ reader }));
  const indirect = direct.flatMap(({ reader }) =>
    reader.kind === "recording rule"
      ? readingsOf(reader.name, readers).map((reading) => ({ through: reader.name, ...reading }))
      : [],
  );
  const seen = new Map<string, Reading>();
  for (const reading of [...direct, ...indirect]) {
    const key = `${reading.reader.kind} ${reading.reader.name}`;
    if (!seen.has(key)) seen.set(key, reading);
  }
  return [...seen.values()];
}
