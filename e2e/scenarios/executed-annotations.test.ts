import { createCatalog, SESSIONS_ACTIVE } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { dashboardAnnotations } from "@sockscope/stack/grafana";
import { describe, expect, it } from "vitest";
import { found, type Marked, mark, wordFaults } from "../testing/panels/annotations.test-support.ts";
import { closeUp } from "../testing/panels/close-up.test-support.ts";
import {
  busy,
  idle,
  LOOKS_BACK_SECONDS,
  NOW,
  type PanelScenario,
} from "../testing/panels/scenarios.test-support.ts";
import { testRules } from "../testing/promtool.test-support.ts";

const CATALOG = createCatalog({ hasReleases: true });
const LAST_MINUTES = { from: NOW - LOOKS_BACK_SECONDS, until: NOW };
const MINUTE_SECONDS = 60;

/** Pages of each release are there when this says so, minute by minute; from long before the hour's last full one. */
function withPages(of: (release: string | undefined, minutesAgo: number) => boolean): PanelScenario {
  const calm = idle(CATALOG);
  return {
    ...calm,
    scrapes: { from: NOW - 100 * MINUTE_SECONDS, until: NOW, everySeconds: 15 },
    series: calm.series.map((one) => {
      if (one.name !== SESSIONS_ACTIVE.name) return one;
      const isThere = (moment: number) => of(one.labels["release"], (NOW - moment) / MINUTE_SECONDS);
      return { ...one, at: (moment) => (isThere(moment) ? one.at(moment) : 0) };
    }),
  };
}

function releasesMarked(marked: readonly Marked[]): string[] {
  const labels = marked
    .filter(({ annotation }) => annotation.name === "Releases")
    .flatMap(({ series }) => series.map((one) => one.labels["release"] ?? ""));
  return [...new Set(labels)].sort();
}

describe("every annotation of every dashboard", () => {
  it("marks something where everything happens, in words that its marks have", async () => {
    const marked = await mark(busy(CATALOG), LAST_MINUTES);
    expect(found(marked)).toHaveLength(dashboardAnnotations(CATALOG).length);
    expect(wordFaults(marked)).toEqual([]);
  });

  it("marks nothing where pages are there and nothing happens", async () => {
    expect(
      found(
        await mark(
          withPages(() => true),
          LAST_MINUTES,
        ),
      ),
    ).toEqual([]);
  });
});

describe("a release is marked", () => {
  it("when its first pages come", async () => {
    const scenario = withPages((release, minutesAgo) => release !== "2.4.1" || minutesAgo < 8);
    expect(releasesMarked(await mark(scenario, LAST_MINUTES))).toEqual(["2.4.1"]);
  });

  it.each([
    ["not when its pages come back after three days", 3, 0],
    ["when they come back after eight", 8, 1],
  ])("%s", async (_, days, marks) => {
    const halfHours = days * 48;
    const values = `5x48 0x${halfHours} 5x4`;
    const { expr } = dashboardAnnotations(CATALOG).find(({ name }) => name === "Releases") ?? expect.fail();
    const { passed, output } = await testRules(
      [],
      [
        {
          interval: "30m",
          input_series: [
            { series: selector(SESSIONS_ACTIVE.name, { app: "chat", release: "2.4.1" }), values },
          ],
          promql_expr_test: [
            {
              expr: `count(${closeUp(expr)}) or vector(0)`,
              // Its first pages since.
              eval_time: `${(49 + halfHours + 1) * 30}m`,
              exp_samples: [{ labels: "{}", value: marks }],
            },
          ],
        },
      ],
    );
    expect(passed, output).toBe(true);
  });

  it("not when its pages come back after an hour without any", async () => {
    const scenario = withPages((_, minutesAgo) => minutesAgo > 85 || minutesAgo < 8);
    expect(releasesMarked(await mark(scenario, LAST_MINUTES))).toEqual([]);
  });
});
