import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { RECORDING_GROUPS } from "@sockscope/slo";
import {
  askTarget,
  type DashboardPanel,
  dashboardPanels,
  type Target,
  type View,
} from "@sockscope/stack/grafana";
import { compareCosts, type Measurement } from "../measurement.ts";
import { median } from "../median.ts";
import { cpuSeconds } from "./cpu-seconds.ts";
import { dayOfData, NOW, SCRAPE_SECONDS } from "./day-of-data.ts";
import { rulesCost } from "./rules.ts";
import { withoutRules } from "./without-rules.ts";

const BENCH = "dashboards-queries";
/** As many requests as a browser has under way to one host. */
const AT_ONCE = 6;
const ROUNDS = 2;
/** Of the slowest queries. */
const TOLD = 3;
/** For all dashboards at once: whoever waits longer looks elsewhere. */
const MOST_SECONDS = 1;
const REFRESH_SECONDS = 30;
const VIEWS = { hour: 3_600, day: 86_400 } as const;
const PEER = "the same queries without recording rules";

interface Asked {
  readonly panel: DashboardPanel;
  readonly target: Target;
}

/** What it takes to show a dashboard once, in s. */
interface Refresh {
  readonly cpu: number;
  readonly waited: number;
  readonly tookEach: ReadonlyMap<Asked, number>;
}

/** All queries of a dashboard, as a browser asks them. */
async function refresh(url: string, queries: readonly Asked[], view: View): Promise<Refresh> {
  const waiting = [...queries];
  const tookEach = new Map<Asked, number>();
  const ask = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const asked = performance.now();
      await askTarget(url, next.panel, next.target, view);
      tookEach.set(next, (performance.now() - asked) / 1_000);
    }
  };
  const [began, used] = [performance.now(), await cpuSeconds(url)];
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  const waited = (performance.now() - began) / 1_000;
  return { cpu: (await cpuSeconds(url)) - used, waited, tookEach };
}

interface DashboardCost {
  readonly cpu: number;
  readonly cpuWithoutRules: number;
  readonly detail: string;
}

/** Of some refreshes, the median. */
async function costOf(url: string, queries: readonly Asked[], view: View): Promise<DashboardCost> {
  const without = queries.map(({ panel, target }) => ({
    panel,
    target: { ...target, expr: withoutRules(target.expr, RECORDING_GROUPS) },
  }));
  // The first of each is for whatever is read from the disk.
  let last = await refresh(url, queries, view);
  await refresh(url, without, view);
  const [ours, theirs]: [Refresh[], Refresh[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    last = await refresh(url, queries, view);
    ours.push(last);
    theirs.push(await refresh(url, without, view));
  }
  const slowest = [...last.tookEach]
    .sort(([, one], [, other]) => other - one)
    .slice(0, TOLD)
    .map(([{ panel, target }, took]) => `${panel.built.title}, ${target.refId} (${took.toFixed(3)} s)`);
  const cpu = median(ours.map((one) => one.cpu));
  const cpuWithoutRules = median(theirs.map((one) => one.cpu));
  const waited = median(ours.map((one) => one.waited)).toFixed(3);
  const detail = `${cpu.toFixed(3)} s of CPU, without rules ${cpuWithoutRules.toFixed(3)} s; ${waited} s waited for ${queries.length} queries; slowest: ${slowest.join("; ")}`;
  return { cpu, cpuWithoutRules, detail };
}

/** All dashboards, each in turn. */
async function costOfAll(
  url: string,
  panels: readonly DashboardPanel[],
  seconds: number,
): Promise<{ value: number; peerValue: number; detail: Readonly<Record<string, string>> }> {
  const view = { from: NOW - seconds, until: NOW, intervalSeconds: SCRAPE_SECONDS };
  const detail: Record<string, string> = {};
  let [value, peerValue] = [0, 0];
  for (const uid of new Set(panels.map(({ spec }) => spec.uid))) {
    const own = panels.filter(({ spec }) => spec.uid === uid);
    const queries = own.flatMap((panel) => panel.targets.map((target) => ({ panel, target })));
    const cost = await costOf(url, queries, view);
    value += cost.cpu;
    peerValue += cost.cpuWithoutRules;
    detail[uid] = cost.detail;
  }
  return { value, peerValue, detail };
}

/** What recording costs all the time, next to what one reader of every dashboard costs without it. */
async function costOfRules(url: string, refreshWithoutRules: number): Promise<Measurement> {
  const detail: Record<string, string> = {};
  let value = 0;
  for (const group of RECORDING_GROUPS) {
    const { evaluation, eachSecond } = await rulesCost(url, group);
    value += eachSecond;
    detail[group.name] =
      `${evaluation.toFixed(1)} ms for each evaluation, ${eachSecond.toFixed(2)} ms a second`;
  }
  const figures = {
    bench: BENCH,
    value,
    unit: "ms of Prometheus' CPU a second for all recording rules",
    peer: `all dashboards without them, open once and refreshed every ${REFRESH_SECONDS} s`,
    peerValue: (1_000 * refreshWithoutRules) / REFRESH_SECONDS,
  };
  return { ...compareCosts(figures), detail };
}

/** What the queries of all dashboards take a Prometheus that has a day of three collectors and twenty pods. */
export async function dashboardsQueries(report: (measurement: Measurement) => void): Promise<void> {
  const panels = dashboardPanels(DEFAULT_CATALOG);
  const prometheus = await dayOfData(panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)));
  const ofViews = new Map<string, number>();
  try {
    for (const [name, seconds] of Object.entries(VIEWS)) {
      const { detail, ...figures } = await costOfAll(prometheus.url, panels, seconds);
      const unit = `s of Prometheus' CPU for all queries of all dashboards, of the last ${name}`;
      report({ ...compareCosts({ bench: BENCH, unit, peer: PEER, ...figures }), detail });
      ofViews.set(name, figures.value);
      if (name === "hour") report(await costOfRules(prometheus.url, figures.peerValue));
    }
  } finally {
    await prometheus.stop();
  }
  // A day is looked at now and then; the last hour is what a dashboard opens with, and refreshes.
  const taken = ofViews.get("hour") ?? Number.NaN;
  if (taken < MOST_SECONDS) return;
  throw new Error(
    `All dashboards take ${taken.toFixed(2)} s for the last hour; let it be ${MOST_SECONDS} s.`,
  );
}
