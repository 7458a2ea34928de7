import {
  type Catalog,
  COLLECTOR_BATCHES,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_SESSIONS,
  DEFAULT_MAX_SESSIONS,
  type Period,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import {
  add,
  compare,
  countBy,
  divide,
  gauge,
  increase,
  maxBy,
  maxOverTime,
  multiply,
  not,
  or,
  rangeInWords,
  rate,
  sumBy,
  up,
} from "@sockscope/promql";
import { SCRAPE_DURATION } from "../metrics/prometheus-metrics.ts";
import type { Question } from "../question.ts";
import type { Step } from "../runbook.ts";
import type { Told } from "./of-servers.ts";
import { shareOf, TOO_FEW } from "./share-of.ts";

/* Questions about the collectors, and about what comes to them from pages, that several runbooks ask. */

const RECENT: Period = "10m";

const HOUR: Period = "1h";

/** Prometheus gives a scrape up after 10 seconds, unless it is told otherwise. */
const SLOW_SCRAPE_SECONDS = 8;

/** What it means that no collector's numbers are there. */
export const NO_COLLECTOR = {
  verdict: "unknown",
  means: "Prometheus has no collector: go to WsCollectorDown.",
} as const;

/** Which share of the collectors is scraped. */
export function collectorsScraped(catalog: Catalog, told: Told): Question {
  const collectors = up({ job: catalog.jobs.collectors });
  return {
    id: "collectors-scraped",
    asks: "Which share of the collectors does Prometheus see now?",
    unit: "share",
    healthy: { least: 1 },
    query: divide(
      or(countBy(["job"], compare(collectors, "==", 1)), multiply(0, countBy(["job"], collectors))),
      countBy(["job"], collectors),
    ),
    withoutSeries: { verdict: "unhealthy", means: "Prometheus has no target of the collectors' job." },
    ...told,
  };
}

/** How long the slowest scrape of a job takes: one that takes too long is given up, and the target counts as down. */
export function slowestScrape(job: string, told: Told): Question {
  return {
    id: "slowest-scrape",
    asks: `How long did the slowest scrape take, within the last ${rangeInWords(HOUR)}?`,
    unit: "seconds",
    healthy: { most: SLOW_SCRAPE_SECONDS },
    query: maxBy(["job"], maxOverTime(gauge(SCRAPE_DURATION, { job }), HOUR)),
    withoutSeries: { verdict: "healthy", means: "Prometheus tried none: it knows no target of this job." },
    ...told,
  };
}

/** Whether anything of pages is counted. */
export function measurementsCounted(told: Told): Question {
  return {
    id: "measurements-counted",
    asks: `How many measurements of pages do collectors count, over the last ${rangeInWords(RECENT)}?`,
    unit: "per second",
    healthy: { least: 0.001 },
    query: sumBy(["app"], rate(COLLECTOR_MEASUREMENTS, {}, RECENT)),
    withoutSeries: NO_COLLECTOR,
    ...told,
  };
}

/** Which share of what pages send is refused. */
export function refusedShare(catalog: Catalog, told: Told): Question {
  return {
    id: "refused-share",
    asks: `Which share of the batches that pages send do collectors refuse, within the last ${rangeInWords(RECENT)}?`,
    unit: "share",
    healthy: { most: catalog.thresholds.WsCollectorRejecting.refusedShare },
    query: shareOf(
      sumBy(["job"], increase(COLLECTOR_BATCHES, { result: "refused" }, RECENT)),
      sumBy(["job"], increase(COLLECTOR_BATCHES, {}, RECENT)),
    ),
    withoutSeries: { ...NO_COLLECTOR, means: `No batch came. ${TOO_FEW} ${NO_COLLECTOR.means}` },
    ...told,
  };
}

/** How full the fullest collector's table of sessions is, as it is by default. */
export function sessionsRemembered(told: Told): Question {
  return {
    id: "sessions-remembered",
    asks: `How many sessions did the fullest collector remember, at most, within the last ${rangeInWords(HOUR)}?`,
    unit: "count",
    healthy: { most: 0.9 * DEFAULT_MAX_SESSIONS },
    query: maxBy(["job"], maxOverTime(gauge(COLLECTOR_SESSIONS, {}), HOUR)),
    withoutSeries: NO_COLLECTOR,
    ...told,
  };
}

/** Which share of what pages measured their SDK had to drop, by where; what the page withheld is not lost. */
export function droppedByPages(told: Told): Question {
  const lost = { where: not("withheld") };
  return {
    id: "dropped-by-pages",
    asks: `Which share of what they measured did pages have to drop, as they say themselves, within the last ${rangeInWords(HOUR)}?`,
    unit: "share",
    healthy: { most: 0.01 },
    query: shareOf(
      sumBy(["app"], increase(TELEMETRY_LOST, lost, HOUR)),
      add(
        sumBy(["app"], increase(COLLECTOR_MEASUREMENTS, {}, HOUR)),
        sumBy(["app"], increase(TELEMETRY_LOST, lost, HOUR)),
      ),
    ),
    withoutSeries: { ...NO_COLLECTOR, means: `No page reports. ${TOO_FEW} ${NO_COLLECTOR.means}` },
    ...told,
  };
}

/** A filter of the collectors' log, whatever else a process writes to it: what a jq expression keeps of its lines. */
export function collectorLines(minutes: number, condition: string, then: string): string {
  return `collector_log ${minutes} | jq --raw-input --raw-output 'fromjson? | objects | select(${condition}) | ${then}'`;
}

/** Starts collectors anew, one after the other. */
export function restartCollectors(): readonly Step[] {
  return [
    {
      does: "Start it again. Its counters begin at zero, which Prometheus knows how to read; batches that pages send again may count twice.",
      command: {
        kubernetes: 'kubectl rollout restart --namespace "$NAMESPACE" "deployment/$COLLECTOR"',
        hosts: 'systemctl restart "$COLLECTOR"',
      },
    },
  ];
}
