import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { buildDashboard, panelsOf } from "./dashboard.ts";
import { flow } from "./grid.ts";
import { DASHBOARDS } from "./index.ts";

describe("flow", () => {
  it("wraps a panel that no longer fits and starts below the tallest of the row", () => {
    const sizes = [
      { width: 12, height: 4 },
      { width: 8, height: 9 },
      { width: 6, height: 3 },
    ];
    expect(flow(sizes).placed.map(({ gridPos }) => gridPos)).toEqual([
      { x: 0, y: 0, w: 12, h: 4 },
      { x: 12, y: 0, w: 8, h: 9 },
      { x: 0, y: 9, w: 6, h: 3 },
    ]);
    expect(flow(sizes, 10)).toMatchObject({ placed: [{ gridPos: { y: 10 } }, {}, {}], bottom: 22 });
  });

  it.each([
    [25, 4],
    [0, 4],
    [6, 0],
    [6.5, 4],
  ])("refuses a panel of %d by %d, which no row has room for", (width, height) => {
    expect(() => flow([{ width, height }])).toThrow(`A panel of ${width} by ${height} has no place`);
  });
});

describe.each(DASHBOARDS)("$title", (spec) => {
  it("has a place for every panel and every heading, none upon another", () => {
    const places = (buildDashboard(spec, DEFAULT_CATALOG).panels ?? []).map(({ gridPos }) => gridPos);
    const headings = spec.sections.filter(({ heading }) => heading !== undefined);
    expect(places).toHaveLength(panelsOf(spec).length + headings.length);
    const cells = places.flatMap((place) => {
      const { x = -1, y = -1, w = 0, h = 0 } = place ?? {};
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });

  it("leaves no hole in a row of panels", () => {
    for (const { panels } of spec.sections) {
      for (const { gridPos } of flow(panels).placed) {
        const row = flow(panels).placed.filter((other) => other.gridPos.y === gridPos.y);
        const titles = row.map(({ of }) => of.title).join(", ");
        expect(
          row.reduce((sum, { of }) => sum + of.width, 0),
          titles,
        ).toBe(24);
        expect(new Set(row.map(({ of }) => of.height)).size, titles).toBe(1);
      }
    }
  });
});
