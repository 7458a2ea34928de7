import type { ColorStep } from "./thresholds.ts";

/** Where a value pages, and where it is worth a look before that. */
export interface PagedLine {
  /** Beyond it, an alert pages. */
  readonly pagesAt: number;
  /** Beyond it, it is orange: a target that is missed, or a budget that burns. */
  readonly warnsAt: number;
  readonly badSide: "above" | "below";
}

/** Green, orange and red by which lines a value is beyond. Where a deployment's alert pages first, nothing is orange, and nothing green that pages. */
export function pagedSteps({ pagesAt, warnsAt, badSide }: PagedLine): ColorStep[] {
  return badSide === "above"
    ? [
        { color: "green" },
        { from: Math.min(warnsAt, pagesAt), color: "orange" },
        { from: pagesAt, color: "red" },
      ]
    : [
        { color: "red" },
        { from: pagesAt, color: "orange" },
        { from: Math.max(warnsAt, pagesAt), color: "green" },
      ];
}
