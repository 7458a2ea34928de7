import { DEFAULT_CATALOG } from "@sockscope/catalog";
import {
  askTarget,
  type DashboardPanel,
  dashboardPanels,
  type Target,
  type View,
} from "@sockscope/stack/grafana";
import { compareCosts, type Measurement } from "../measurement.ts";
import { median } from "../median.ts";
import { dayOfData, NOW, SCRAPE_SECONDS } from "./day-of-data.ts";

/** As many requests as a browser has under way to one host. */
const AT_ONCE = 6;
const ROUNDS = 2;
/** Of the slowest queries. */
const TOLD = 3;
/** Longer than this, a reader waits. */
const PATIENCE_SECONDS = 1;
const VIEWS = { hour: 3_600, day: 86_400 } as const;

interface Asked {
  readonly panel: DashboardPanel;
  readonly target: Target;
}

/** All queries of a dashboard, as a browser asks them; how long each took, in s. */
async function refresh(
  url: string,
  queries: readonly Asked[],
  view: View,
): Promise<ReadonlyMap<Asked, number>> {
  const waiting = [...queries];
  const took = new Map<Asked, number>();
  const ask = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const began = performance.now();
      await askTarget(url, next.panel, next.target, view);
      took.set(next, (performance.now() - began) / 1_000);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return took;
}

/** CPU time that a Prometheus has used, in s: what else the machine does makes a reader wait, and is not its doing. */
async function cpuSeconds(url: string): Promise<number> {
  const exposition = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(exposition)?.[1]);
}

/** Seconds of a refresh: the median of some, and its slowest queries. */
async function refreshes(
  url: string,
  queries: readonly Asked[],
  view: View,
): Promise<{ cpu: number; waited: number; slowest: string }> {
  const waited: number[] = [];
  const cpu: number[] = [];
  let last: ReadonlyMap<Asked, number> = new Map();
  // The first is for whatever is read from the disk.
  for (let round = -1; round < ROUNDS; round++) {
    const [began, used] = [performance.now(), await cpuSeconds(url)];
    last = await refresh(url, queries, view);
    if (round < 0) continue;
    waited.push((performance.now() - began) / 1_000);
    cpu.push((await cpuSeconds(url)) - used);
  }
  const slowest = [...last]
    .sort(([, one], [, other]) => other - one)
    .slice(0, TOLD)
    .map(([{ panel, target }, took]) => `${panel.built.title}, ${target.refId} (${took.toFixed(3)} s)`);
  return { cpu: median(cpu), waited: median(waited), slowest: slowest.join("; ") };
}

/** How long the queries of each dashboard take a Prometheus that has a day of three collectors and twenty pods. */
export async function dashboardsQueries(report: (measurement: Measurement) => void): Promise<void> {
  const panels = dashboardPanels(DEFAULT_CATALOG);
  const queries = panels.flatMap((panel) => panel.targets.map((target) => ({ panel, target })));
  const prometheus = await dayOfData(queries.map(({ target }) => target.expr));
  const slow: string[] = [];
  try {
    for (const [name, seconds] of Object.entries(VIEWS)) {
      const view = { from: NOW - seconds, until: NOW, intervalSeconds: SCRAPE_SECONDS };
      const detail: Record<string, string> = {};
      let value = 0;
      for (const uid of new Set(panels.map(({ spec }) => spec.uid))) {
        const own = queries.filter(({ panel }) => panel.spec.uid === uid);
        const took = await refreshes(prometheus.url, own, view);
        detail[uid] =
          `${took.cpu.toFixed(3)} s of CPU, ${took.waited.toFixed(3)} s waited for ${own.length} queries; slowest: ${took.slowest}`;
        value = Math.max(value, took.cpu);
      }
      const unit = `s of Prometheus' CPU for all queries of the costliest dashboard, of the last ${name}`;
      const figures = {
        bench: "dashboards-queries",
        value,
        unit,
        peer: "what a reader waits",
        peerValue: PATIENCE_SECONDS,
      };
      report({ ...compareCosts(figures), detail });
      // A day is looked at now and then; the last hour is what a dashboard opens with, and refreshes.
      if (name === "hour" && value >= PATIENCE_SECONDS)
        slow.push(`${value.toFixed(2)} s for the last ${name}`);
    }
  } finally {
    await prometheus.stop();
  }
  if (slow.length > 0)
    throw new Error(
      `A dashboard takes ${slow.join(" and ")}; at most ${PATIENCE_SECONDS} s is to be waited for.`,
    );
}
