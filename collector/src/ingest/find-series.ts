import type { LeftOutReason, Metric } from "@sockscope/catalog";
import { existing } from "../existing.ts";
import { IMPOSSIBLE } from "../registry/family.ts";
import { firstParts } from "./first-parts.ts";
import { contradictory } from "./malformed.ts";
import type { ReportedFamilies } from "./reported-families.ts";
import type { ReportedFamily } from "./reported-family.ts";
import type { ReportedLabel } from "./reported-label.ts";
import type { ReportedSeries } from "./reported-series.ts";

/**
 * The series that a line names, or why there is none.
 *
 * @param line its number
 * @param type what its words say that it is
 * @throws RequestRefused when the metric is known and of the other type
 */
export function findSeries(
  text: string,
  line: number,
  type: Metric["type"],
  { families, series }: ReportedFamilies,
): ReportedSeries | LeftOutReason {
  const prepared = series.get(text);
  const reported = prepared?.reported ?? families.get(nameIn(text));
  if (reported === undefined) return "unknown_metric";
  const { metric } = reported.family;
  if (metric.type !== type)
    throw contradictory(`line ${line} is a ${type}; ${metric.name} is a ${metric.type}, send it as one`);
  return prepared ?? takeApart(text, reported);
}

function nameIn(text: string): string {
  const slash = text.indexOf("/");
  return slash === -1 ? text : text.slice(0, slash);
}

/** The way of a text that is none of the prepared ones. */
function takeApart(text: string, reported: ReportedFamily): ReportedSeries | LeftOutReason {
  const { labels, family } = reported;
  // One value more than there are labels tells as much as all that a text can have.
  const values = firstParts(text, "/", labels.length + 2).slice(1);
  if (values.length !== labels.length) return "unknown_label";
  let number = 0;
  for (const [place, label] of labels.entries()) {
    const position = positionOf(values[place] ?? "", label);
    if (position === undefined) return "unknown_label_value";
    number += position * label.stride;
  }
  return existing(family.firstSlots[number], number) === IMPOSSIBLE
    ? "impossible_labels"
    : { reported, number };
}

function positionOf(value: string, { positions, insteadOf }: ReportedLabel): number | undefined {
  return positions.get(value) ?? positions.get(insteadOf(value) ?? "");
}
