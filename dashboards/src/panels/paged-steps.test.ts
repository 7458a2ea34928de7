import { createCatalog } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { builtPanels } from "../testing/built-panels.test-support.ts";
import { type PagedLine, pagedSteps } from "./paged-steps.ts";
import type { ColorStep } from "./thresholds.ts";

/** The colour of the last step that a value has reached, as Grafana looks for it. */
function colorOf(steps: readonly ColorStep[], value: number): string | undefined {
  return steps.findLast(({ from = Number.NEGATIVE_INFINITY }) => value >= from)?.color;
}

const LATE: PagedLine = { pagesAt: 0.2, warnsAt: 0.07, badSide: "above" };
const TIMELY: PagedLine = { pagesAt: 0.75, warnsAt: 0.95, badSide: "below" };

describe("pagedSteps", () => {
  it.each([
    [LATE, { 0: "green", 0.07: "orange", 0.2: "red" }],
    [TIMELY, { 0.7: "red", 0.75: "orange", 0.95: "green" }],
  ])("warns before it pages: %j", (line, colors) => {
    const steps = pagedSteps(line);
    for (const [value, color] of Object.entries(colors)) expect(colorOf(steps, Number(value))).toBe(color);
  });

  it.each([
    [
      { ...LATE, pagesAt: 0.05 },
      { 0.04: "green", 0.06: "red", 0.08: "red" },
    ],
    [
      { ...TIMELY, pagesAt: 0.98 },
      { 0.96: "red", 0.97: "red", 0.98: "green" },
    ],
  ])("has nothing green or orange that pages: %j", (line, colors) => {
    const steps = pagedSteps(line);
    for (const [value, color] of Object.entries(colors)) expect(colorOf(steps, Number(value))).toBe(color);
  });

  it("rises from step to step, as Grafana reads them, whatever pages first", () => {
    const catalog = createCatalog({
      thresholds: {
        WsMessagesNotAppearing: { unansweredShare: 0.05 },
        WsMessageLatencyHigh: { lateSharePage: 0.01 },
      },
    });
    const stats = builtPanels(catalog).filter(({ type }) => type === "stat");
    const falling = stats.filter(({ fieldConfig }) => {
      const from = (fieldConfig?.defaults.thresholds?.steps ?? []).flatMap(({ value }) => value ?? []);
      return from.some((value, at) => value < (from[at - 1] ?? value));
    });
    expect(falling.map(({ title }) => title)).toEqual([]);
    const orange = stats.filter(({ title }) =>
      ["Unanswered", "Messages without an answer"].includes(title ?? ""),
    );
    expect(
      orange.map(({ fieldConfig }) => fieldConfig?.defaults.thresholds?.steps.map(({ value }) => value)),
    ).toEqual([
      [null, 0.05, 0.05],
      [null, 0.05, 0.05],
    ]);
  });
});
