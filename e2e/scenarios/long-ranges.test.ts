import { createCatalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { PromqlNode } from "@sockscope/promql";
import { stepSeconds } from "@sockscope/stack/grafana";
import { describe, expect, it } from "vitest";
import { selectorsOf } from "../testing/panels/asking-faults.test-support.ts";
import { type Answered, distinct, execute, placeOf } from "../testing/panels/executed.test-support.ts";
import { BRIEF, briefTrouble, NOW } from "../testing/panels/scenarios.test-support.ts";

const HOUR_SECONDS = 3_600;
const WEEK_SECONDS = 7 * 24 * HOUR_SECONDS;
/** Ends so late that the bar which the trouble is in is over, too. */
const UNTIL = NOW + 3 * HOUR_SECONDS;
const A_WEEK = { from: UNTIL - WEEK_SECONDS, until: UNTIL, intervalSeconds: 15 };

/** What compares with the day before, of which there is none. */
const OF_THE_DAY_BEFORE = /\[1d\] offset|offset 1d/;

/** A panel of half the page, a third or a quarter, as Grafana asks for it. */
const POINTS: readonly number[] = [840, 560, 420];

/** Whether a result says what happened in a time, and not only what there was at a moment. */
function isOfATime(node: PromqlNode): boolean {
  // The most that there was is of the moments in it: no connection is gone in this trouble.
  return selectorsOf(node).some(
    ({ name, range }) =>
      (range !== undefined && !/_active(?::|$)/.test(name)) || /:.*(rate|increase)/.test(name),
  );
}

/** The queries of graphs in which something happened that nobody sees. */
function missing(answers: readonly Answered[]): string[] {
  return answers
    .filter(({ target, panel }) => {
      const node = panel.queries.find(({ refId }) => refId === target.refId)?.expression.node;
      return target.instant !== true && node !== undefined && isOfATime(node);
    })
    .filter(({ target }) => !OF_THE_DAY_BEFORE.test(target.expr))
    .filter(({ series }) => !series.some(({ samples }) => samples.some(([, value]) => value > 0)))
    .map(
      (answered) => `${placeOf(answered)}${answered.refusal === undefined ? "" : `: ${answered.refusal}`}`,
    );
}

describe("trouble of five minutes, within a week", () => {
  it.each(POINTS)("lies further from the next point than it is long, of %d points", (maxDataPoints) => {
    const step = stepSeconds({ ...A_WEEK, maxDataPoints });
    const next = Math.ceil(BRIEF.until / step) * step;
    expect(next - BRIEF.until).toBeGreaterThan(BRIEF.until - BRIEF.from);
    expect(next - step).toBeLessThanOrEqual(BRIEF.from);
  });

  it.each([
    ["the product's own catalog", DEFAULT_CATALOG],
    ["a catalog with releases", createCatalog({ hasReleases: true })],
  ])("is seen in every graph of what happens: %s", async (_, catalog) => {
    const answers = await execute(briefTrouble(catalog), { looksAt: A_WEEK });
    expect(distinct(missing(answers))).toEqual([]);
  });
});
