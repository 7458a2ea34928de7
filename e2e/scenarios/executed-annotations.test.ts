import { createCatalog, SESSIONS_ACTIVE } from "@sockscope/catalog";
import { dashboardAnnotations } from "@sockscope/stack/grafana";
import { describe, expect, it } from "vitest";
import { found, type Marked, mark, wordFaults } from "../testing/panels/annotations.test-support.ts";
import {
  busy,
  idle,
  LOOKS_BACK_SECONDS,
  NOW,
  type PanelScenario,
} from "../testing/panels/scenarios.test-support.ts";

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

  it("not when its pages come back after an hour without any", async () => {
    const scenario = withPages((_, minutesAgo) => minutesAgo > 85 || minutesAgo < 8);
    expect(releasesMarked(await mark(scenario, LAST_MINUTES))).toEqual([]);
  });
});
