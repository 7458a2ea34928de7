import { bucketCount, CLOSES, type Histogram, type LabelSet, type Metric } from "@sockscope/catalog";
import { counterLine, histogramLine, seriesText } from "@sockscope/catalog/protocol";

/** How lines name the series of a metric with these labels, in this order. */
export function seriesOf({ name }: Pick<Metric, "name">, labels: LabelSet = {}): string {
  return seriesText(name, Object.values(labels));
}

/** The labels of a close, in the catalog's order. */
export const CLOSED = { code: "4401", phase: "opened", ended_by: "peer" } as const;

/** The line of one close, or of more. */
export function closeLine(delta: number = 1): string {
  return counterLine(seriesOf(CLOSES, CLOSED), delta);
}

/** The line of one observation of zero. */
export function zeroLine(histogram: Histogram, labels: LabelSet = {}): string {
  const { layout } = histogram;
  const counts = Array.from({ length: bucketCount(layout) }, (_, bucket) => (bucket === 0 ? 1 : 0));
  return histogramLine(seriesOf(histogram, labels), layout.id, counts, 0);
}
