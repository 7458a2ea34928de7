import { seriesText } from "@sockscope/catalog/protocol";
import { combinationNumber } from "../registry/family.ts";
import { labelsOfSource, type ReportedFamily } from "./reported-family.ts";

/** One label combination that a metric can have, whatever the source. */
export interface ReportedSeries {
  readonly reported: ReportedFamily;
  /** Of the combination, without what the source adds. */
  readonly number: number;
}

/** Every series of a metric, with the text that names it on the wire. What can occur at one app and release can at each. */
export function possibleSeries(reported: ReportedFamily): [text: string, series: ReportedSeries][] {
  const { family } = reported;
  const { own } = labelsOfSource(family);
  return family.shape.combinations.map((values) => [
    seriesText(
      family.metric.name,
      own.map(({ name }) => values[name] ?? ""),
    ),
    { reported, number: combinationNumber(family.metric, own, values) },
  ]);
}
