import type { LabelSet } from "@sockscope/catalog";
import { seriesText } from "@sockscope/catalog/protocol";
import { combinationNumber, type LabelIndex } from "../registry/family.ts";
import { labelsOfSource, type ReportedFamily } from "./reported-family.ts";

/** One label combination that a metric can have, whatever the source. */
export interface ReportedSeries {
  readonly reported: ReportedFamily;
  /** Of the combination, without what the source adds. */
  readonly number: number;
}

/**
 * Every series of a metric, with the text that names it on the wire. What can occur at the first app and release can at
 * each.
 */
export function possibleSeries(reported: ReportedFamily): [text: string, series: ReportedSeries][] {
  const { family } = reported;
  const { app, release, own } = labelsOfSource(family);
  const isFirst = (label: LabelIndex | undefined, values: LabelSet): boolean =>
    label === undefined || label.positions.get(values[label.name] ?? "") === 0;
  return family.combinations
    .filter((values) => isFirst(app, values) && isFirst(release, values))
    .map((values) => [
      seriesText(
        family.metric.name,
        own.map(({ name }) => values[name] ?? ""),
      ),
      { reported, number: combinationNumber(family.metric, own, values) },
    ]);
}
