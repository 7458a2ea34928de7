import { describe, expect, it } from "vitest";
import { cellsOf, colorStep } from "./cells.ts";

describe("the cells of a heatmap", () => {
  it("have the smallest bound first, and know the largest count and the step", () => {
    const times = [0, 15_000, 45_000];
    const cells = cellsOf([
      { le: "+Inf", times, values: [0, 1, null] },
      { le: "0.5", times, values: [3, 7, 2] },
    ]);
    expect(cells.bounds).toEqual([0.5, Number.POSITIVE_INFINITY]);
    expect(cells.counts[0]).toEqual([3, 7, 2]);
    expect([cells.most, cells.stepMs]).toEqual([7, 15_000]);
  });

  it("are none where there is no bucket", () => {
    expect(cellsOf([])).toMatchObject({ times: [], bounds: [], most: 0 });
  });
});

describe("a cell's colour", () => {
  it("is none where nothing was counted", () => {
    expect([colorStep(0, 9, 10, 1), colorStep(null, 9, 10, 1), colorStep(0, 0, 10, 1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("grows with the count, up to the last step", () => {
    expect([colorStep(1, 100, 10, 1), colorStep(50, 100, 10, 1), colorStep(100, 100, 10, 1)]).toEqual([
      0, 5, 9,
    ]);
  });

  it("lets few be seen with a small exponent", () => {
    expect(colorStep(4, 100, 10, 0.5)).toBe(2);
  });
});
