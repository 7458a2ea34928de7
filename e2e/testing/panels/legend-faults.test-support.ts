import type { AnsweredSeries } from "@sockscope/stack/grafana";
import { byPanel } from "./answer-faults.test-support.ts";
import { type Answered, placeOf } from "./executed.test-support.ts";
import { joinedBy, namedFields } from "./table-columns.test-support.ts";

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

/** What a series is called in a panel. */
export function legendOf({ labels }: AnsweredSeries, legendFormat: string): string {
  return legendFormat.replace(PLACEHOLDER, (_, label: string) => labels[label] ?? "");
}

/** The labels by which a reader can tell an answer's series apart. */
function shownLabels({ panel, target }: Answered): readonly string[] {
  if (panel.built.type === "table") return namedFields(panel);
  return [...target.legendFormat.matchAll(PLACEHOLDER)].map(([, label = ""]) => label);
}

function missingLabels(answered: Answered): string[] {
  const { panel, target, series } = answered;
  if (series.length === 0 || panel.built.type === "table") return [];
  return shownLabels(answered)
    .filter((label) => series.every(({ labels }) => labels[label] === undefined))
    .map((label) => `${placeOf(answered)}: the legend ${target.legendFormat} has no label ${label}`);
}

/** Series of an answer that look alike, and what it is that would tell them apart. */
function alikeWithin(answered: Answered): string[] {
  const seen = new Map<string, AnsweredSeries>();
  for (const one of answered.series) {
    const look = JSON.stringify(shownLabels(answered).map((label) => one.labels[label]));
    const other = seen.get(look);
    if (other !== undefined) {
      const differing = Object.keys(one.labels).filter((label) => one.labels[label] !== other.labels[label]);
      return [`${placeOf(answered)}: several series look alike, and differ by ${differing.join(", ")}`];
    }
    seen.set(look, one);
  }
  return [];
}

/** Series of a panel's different queries that have the same legend. */
function alikeAmong(answers: readonly Answered[]): string[] {
  const visible = answers.filter(({ target, panel }) => target.hide !== true && panel.built.type !== "table");
  const legends = visible.map((answered) => ({
    answered,
    own: new Set(answered.series.map((series) => legendOf(series, answered.target.legendFormat))),
  }));
  return legends.flatMap(({ answered, own }, index) => {
    const before = legends.slice(0, index).find((other) => [...own].some((legend) => other.own.has(legend)));
    return before === undefined
      ? []
      : [`${placeOf(answered)}: has a legend that ${before.answered.target.refId} has`];
  });
}

/** Rows that a table of several queries cannot put together. */
function unjoinable(answered: Answered): string[] {
  const label = joinedBy(answered.panel);
  if (label === undefined || answered.series.every(({ labels }) => label in labels)) return [];
  return [`${placeOf(answered)}: rows are joined by ${label}, which it has not`];
}

/** Labels by which a result's series can differ, and of which the legend says nothing: with one series, nobody misses them. */
function untold({ panel, target }: Answered): string[] {
  if (panel.built.type === "table") return [];
  const { expression } = panel.queries.find(({ refId }) => refId === target.refId) ?? {};
  const told = [...target.legendFormat.matchAll(PLACEHOLDER)].map(([, label = ""]) => label);
  return (expression?.labels ?? [])
    .filter((label) => !told.includes(label))
    .map(
      (label) =>
        `${panel.title}, ${target.refId}: the legend ${target.legendFormat} does not say which ${label}`,
    );
}

/** What is wrong with the names of series in all panels: labels that are not there, and series that nobody can tell apart. */
export function legendFaults(answers: readonly Answered[]): string[] {
  return [
    ...answers.flatMap((answered) => [
      ...missingLabels(answered),
      ...untold(answered),
      ...alikeWithin(answered),
      ...unjoinable(answered),
    ]),
    ...byPanel(answers).flatMap(alikeAmong),
  ];
}
