import { AFFECTED_SESSIONS, type Catalog, CLOSES, type Metric } from "@sockscope/catalog";
import type { LabelIndex } from "../registry/family.ts";

/** A label that a batch names. */
export interface ReportedLabel {
  /** By value, as the wire writes it. */
  readonly positions: ReadonlyMap<string, number>;
  /** What one position is worth in the number of a label combination. */
  readonly stride: number;
  /** The value as which another counts that is none of these; undefined where there is no such. */
  readonly insteadOf: (value: string) => string | undefined;
}

/** A label as a batch names it. */
export function reportedLabel(
  metric: Metric,
  { name, positions, stride }: LabelIndex,
  closeCodeLabel: Catalog["closeCodeLabel"],
): ReportedLabel {
  const encoded = [...positions].map(([value, position]) => [encodeURIComponent(value), position] as const);
  const insteadOf = isCloseCode(metric, name) ? rangeOf(closeCodeLabel) : () => undefined;
  return { positions: new Map(encoded), stride, insteadOf };
}

/** Close codes travel as the page saw them, so that it needs no table of those that are decided by themselves. */
function isCloseCode({ name }: Metric, label: string): boolean {
  return label === "code" && [CLOSES.name, AFFECTED_SESSIONS.name].includes(name);
}

const CLOSE_CODE = /^\d{1,5}$/;

function rangeOf(closeCodeLabel: Catalog["closeCodeLabel"]): ReportedLabel["insteadOf"] {
  return (value) => (CLOSE_CODE.test(value) ? closeCodeLabel(Number(value)) : undefined);
}
