import { type Catalog, type Period, SERVER_REHYDRATIONS } from "@sockscope/catalog";
import {
  andOn,
  compare,
  countBy,
  divide,
  gauge,
  increase,
  lastOverTime,
  maxBy,
  multiply,
  or,
  rangeInWords,
  rangeSeconds,
  rate,
  secondsSince,
  sumBy,
  up,
} from "@sockscope/promql";
import { PROCESS_CPU, PROCESS_START_TIME } from "../metrics/foreign-metrics.ts";
import type { Question } from "../question.ts";
import { shareOf } from "./share-of.ts";

/*
 * Questions about chat servers that several runbooks ask. What an answer means differs by what was asked for, so a runbook says that.
 */

/** What a runbook says of an answer, and under which name it asks where it asks twice. */
export type Told = Pick<Question, "ifHealthy" | "ifUnhealthy"> & Partial<Pick<Question, "id">>;

const RECENT: Period = "10m";

/** How long a rollout or a deploy is looked back for. */
const ROLLOUT: Period = "30m";

const NO_PROCESS_METRICS = {
  verdict: "unknown",
  means:
    "The chat server does not expose its process' metrics (prom-client's collectDefaultMetrics): ask whoever deploys.",
} as const;

/** Which share of the chat servers is scraped. */
export function serversScraped(catalog: Catalog, told: Told): Question {
  const servers = up({ job: catalog.jobs.servers });
  return {
    id: "servers-scraped",
    asks: "Which share of the chat servers does Prometheus see now?",
    unit: "share",
    healthy: { least: 1 - catalog.thresholds.WsServerMetricsMissing.blindShare },
    query: divide(
      or(countBy(["job"], compare(servers, "==", 1)), multiply(0, countBy(["job"], servers))),
      countBy(["job"], servers),
    ),
    withoutSeries: { verdict: "unhealthy", means: "Prometheus has no target of the chat servers' job." },
    ...told,
  };
}

/** How many processes of the chat server began lately: a deploy, a restart, or a crash. */
export function serversStarted(catalog: Catalog, told: Told): Question {
  const started = gauge(PROCESS_START_TIME, { job: catalog.jobs.servers });
  // A chat that is new itself has no rollout.
  const before = lastOverTime(started, RECENT, { offset: ROLLOUT });
  const young = compare(secondsSince(started), "<", rangeSeconds(ROLLOUT));
  return {
    id: "servers-started",
    asks: `How many processes of the chat server began within the last ${rangeInWords(ROLLOUT)}?`,
    unit: "count",
    healthy: { most: 0 },
    query: or(
      andOn(["job"], countBy(["job"], young), countBy(["job"], before)),
      multiply(0, countBy(["job"], started)),
    ),
    withoutSeries: NO_PROCESS_METRICS,
    ...told,
  };
}

/** How much of a core the busiest process uses. */
export function busiestServer(catalog: Catalog, told: Told): Question {
  return {
    id: "busiest-server",
    asks: "How much of one core does the busiest process of the chat server use, over the last 5 minutes?",
    unit: "share",
    healthy: { most: 0.8 },
    query: maxBy(["job"], rate(PROCESS_CPU, { job: catalog.jobs.servers }, "5m")),
    withoutSeries: NO_PROCESS_METRICS,
    ...told,
  };
}

/** Which share of threads could not be brought back: what they are kept in does not answer. */
export function failedRehydrations(told: Told): Question {
  return {
    id: "failed-rehydrations",
    asks: `Which share of the threads that pages asked for could not be brought back, within the last ${rangeInWords(RECENT)}?`,
    unit: "share",
    healthy: { most: 0.01 },
    query: shareOf(
      sumBy(["app"], increase(SERVER_REHYDRATIONS, { outcome: "failed" }, RECENT)),
      sumBy(["app"], increase(SERVER_REHYDRATIONS, {}, RECENT)),
    ),
    withoutSeries: {
      verdict: "unknown",
      means:
        "No page asked for a thread, or the server does not tell its rehydrations: look at Redis itself.",
    },
    ...told,
  };
}
