import {
  AFFECTED_SESSIONS,
  CLOSES,
  COLLECTOR_BATCHES,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_SESSIONS,
  COLLECTOR_SESSIONS_ENDED,
  CONNECT_ATTEMPTS,
  CONNECTION_DURATION,
  DEFAULT_CATALOG,
  DOWNTIME,
  type DocumentedMetric,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  HEAP_GROWTH,
  type Histogram,
  type LabelSet,
  MESSAGE_LATENCY,
  type Metric,
  PAGE_RELOADS,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
  REPLY_LATENCY,
  RTT,
  SERVER_CLOSES,
  SERVER_CONNECTION_DURATION,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
  SERVER_MESSAGE_DELIVERY,
  SERVER_REHYDRATION_DURATION,
  SERVER_REHYDRATIONS,
  SESSIONS_ACTIVE,
  SESSIONS_STARTED,
  TIME,
  TOKEN_REFRESHES,
} from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PROCESS_CPU, PROCESS_MEMORY, PROCESS_START_TIME } from "../metrics/foreign-metrics.ts";
import { LOOKED_AT } from "../runbook-cases.ts";
import { collector, healthyPrometheus } from "./healthy-prometheus.ts";

/*
 * A chat in which all is well, as series that promtool makes up, a sample a minute: a thousand pages, two pods of the chat server and a
 * collector. Every question of every runbook has to call it healthy.
 */

/** Samples until somewhat after the series are looked at. */
const MINUTES = LOOKED_AT + 10;

const { clientMetrics, collectorMetrics, serverMetrics, jobs } = DEFAULT_CATALOG;

const COLLECTOR = collector();

/** The labels of what the collector exposes of the app's pages. */
export const PAGES: Readonly<Record<"app" | "job" | "instance", string>> = { app: "chat", ...COLLECTOR };

/** The labels of a target: one of the two pods of the chat server. */
export function target(pod: 1 | 2): Readonly<Record<"job" | "instance", string>> {
  return { job: jobs.servers, instance: `chat-${pod}:9464` };
}

/** The labels of what it exposes of the app. */
export function server(pod: 1 | 2): Readonly<Record<"app" | "job" | "instance", string>> {
  return { app: "chat", ...target(pod) };
}

const PODS = [1, 2] as const;

/** With more combinations of labels than this, a metric has only the series in which something happens. */
const MOST_QUIET_SERIES = 60;

/** What happens of a counter in a minute, or what a gauge is, by the labels; of all pods together. */
type Happens = readonly [metric: Metric, labels: LabelSet, aMinute: number];

const HAPPENS: readonly Happens[] = [
  [SESSIONS_ACTIVE, {}, 1000],
  [SESSIONS_STARTED, {}, 20],
  [TIME, { state: "connected" }, 59_990],
  [TIME, { state: "reconnecting" }, 5],
  [CONNECT_ATTEMPTS, { outcome: "opened", trigger: "initial" }, 20],
  [CONNECT_ATTEMPTS, { outcome: "opened", trigger: "online" }, 1],
  [CLOSES, { code: "none", phase: "opened", ended_by: "left" }, 20],
  [CLOSES, { code: "1006", phase: "opened", ended_by: "network" }, 0.2],
  [CLOSES, { code: "1006", phase: "never_opened", ended_by: "network" }, 0],
  [CLOSES, { code: "4401", phase: "opened", ended_by: "peer" }, 0],
  [CLOSES, { code: "1011", phase: "opened", ended_by: "peer" }, 0],
  [CLOSES, { code: "1012", phase: "opened", ended_by: "peer" }, 0],
  [CLOSES, { code: "1013", phase: "opened", ended_by: "peer" }, 0],
  [AFFECTED_SESSIONS, { code: "1006" }, 0.1],
  [RECONNECT_EPISODES_STARTED, { after: "offline" }, 1],
  [RECONNECT_EPISODES, { outcome: "recovered", after: "offline" }, 1],
  [FRAMES_SENT, { event: "user_message" }, 200],
  [FRAMES_RECEIVED, { event: "assistant_message" }, 196],
  [TOKEN_REFRESHES, { outcome: "succeeded" }, 10],
  [PAGE_RELOADS, { socket: "healthy" }, 2],
  [COLLECTOR_BATCHES, { result: "accepted" }, 4000],
  [COLLECTOR_MEASUREMENTS, {}, 40_000],
  [COLLECTOR_SESSIONS, {}, 1500],
  [COLLECTOR_SESSIONS_ENDED, { how: "left" }, 19],
  [COLLECTOR_SESSIONS_ENDED, { how: "vanished" }, 1],
  [SERVER_CONNECTIONS_ACTIVE, { route: "/chat" }, 1000],
  [SERVER_CONNECTIONS_OPENED, { route: "/chat", auth_method: "cookie" }, 21],
  [SERVER_CLOSES, { code: "1001", reason: "peer" }, 20],
  [SERVER_CLOSES, { code: "1006", reason: "lost" }, 0.2],
  [SERVER_CLOSES, { code: "1011", reason: "internal_error" }, 0],
  [SERVER_CLOSES, { code: "1012", reason: "restart" }, 0],
  [SERVER_CLOSES, { code: "1013", reason: "overload" }, 0],
  [SERVER_CLOSES, { code: "1013", reason: "slow_consumer" }, 0],
  [SERVER_CLOSES, { code: "3008", reason: "heartbeat_timeout" }, 0],
  [SERVER_CLOSES, { code: "4401", reason: "authentication_expired" }, 0],
  [SERVER_CLOSES, { code: "4401", reason: "authentication_required" }, 0],
  [SERVER_FRAMES_RECEIVED, { event: "user_message" }, 200],
  [SERVER_FRAMES_SENT, { event: "assistant_message" }, 198],
  [SERVER_REHYDRATIONS, { outcome: "sent" }, 21],
  // The rest is of a process.
  [PROCESS_MEMORY, {}, 400e6],
  [PROCESS_CPU, {}, 12],
];

/** Of which every observation of a minute lies at this bound of the layout, or below. */
type Observes = readonly [metric: Histogram<never>, labels: LabelSet, aMinute: number, bound: number];

const OBSERVES = [
  [MESSAGE_LATENCY, {}, 190, 0.1],
  [REPLY_LATENCY, {}, 196, 2],
  [RTT, {}, 1000, 0.05],
  [CONNECTION_DURATION, {}, 20, 7200],
  [DOWNTIME, { after: "offline" }, 1, 10],
  [HEAP_GROWTH, { session_age: "1h" }, 10, 1_048_576],
  [HEAP_GROWTH, { session_age: "4h" }, 10, 1_048_576],
  [HEAP_GROWTH, { session_age: "8h" }, 10, 1_048_576],
  [SERVER_CONNECTION_DURATION, {}, 20, 7200],
  [SERVER_MESSAGE_DELIVERY, {}, 198, 0.05],
  [SERVER_REHYDRATION_DURATION, {}, 21, 0.05],
] as unknown as readonly Observes[];

/** Whose series they are: a collector's of one app, or each pod's. */
function exposersOf(metric: Metric): readonly LabelSet[] {
  const isOf = (metrics: readonly DocumentedMetric[]): boolean =>
    metrics.some((known) => known.metric === metric);
  if (isOf(clientMetrics)) return [PAGES];
  if (isOf(collectorMetrics)) return ["app" in metric.labels ? PAGES : COLLECTOR];
  return isOf(serverMetrics) ? PODS.map(server) : PODS.map(target);
}

function over(metric: Metric, aMinute: number): string {
  if (metric.type === "gauge") return `${aMinute}x${MINUTES}`;
  return `0+${aMinute}x${MINUTES}`;
}

/** What each of so many exposes. */
function partOf(amount: number, exposers: number): number {
  return Number((amount / exposers).toPrecision(10));
}

function happening([metric, labels, aMinute]: Happens): [string, string][] {
  const exposers = exposersOf(metric);
  const share = partOf(aMinute, exposers.length);
  return exposers.map((exposer) => [selector(metric.name, { ...exposer, ...labels }), over(metric, share)]);
}

function observing([metric, labels, aMinute, bound]: Observes): [string, string][] {
  const exposers = exposersOf(metric);
  const share = partOf(aMinute, exposers.length);
  const counting = (value: number): string => `0+${value}x${MINUTES}`;
  return exposers.flatMap((exposer) => {
    const all = { ...exposer, ...labels };
    const buckets = [...metric.layout.bounds, Number.POSITIVE_INFINITY].map((le): [string, string] => [
      selector(`${metric.name}_bucket`, {
        ...all,
        le: le === Number.POSITIVE_INFINITY ? "+Inf" : String(le),
      }),
      counting(le >= bound ? share : 0),
    ]);
    return [
      ...buckets,
      [selector(`${metric.name}_count`, all), counting(share)],
      [selector(`${metric.name}_sum`, all), counting(Number((share * bound).toPrecision(10)))],
    ];
  });
}

/** Every combination of a metric's labels, as far as they are known from the start. */
function combinations(metric: Metric): readonly LabelSet[] {
  const own = Object.entries(metric.labels).filter(([name]) => name !== "app");
  return own.reduce<readonly LabelSet[]>(
    (sets, [name, domain]) =>
      Array.isArray(domain) ? sets.flatMap((set) => domain.map((value) => ({ ...set, [name]: value }))) : [],
    [{}],
  );
}

/** Counters that are there from the start, at zero. */
function quiet(metric: Metric): [string, string][] {
  const sets = combinations(metric);
  if (metric.type !== "counter" || sets.length > MOST_QUIET_SERIES) return [];
  return sets.flatMap((labels) => happening([metric, labels, 0]));
}

/** The series of a chat in which all is well: selector, and values in promtool's notation. */
export function healthyChat(): Readonly<Record<string, string>> {
  const metrics = [...clientMetrics, ...collectorMetrics, ...serverMetrics].map(({ metric }) => metric);
  return Object.fromEntries([
    ...metrics.flatMap(quiet),
    ...HAPPENS.flatMap(happening),
    ...OBSERVES.flatMap(observing),
    ...[COLLECTOR, ...PODS.map(target)].map((labels) => [selector("up", labels), `1x${MINUTES}`]),
    ...healthyPrometheus([COLLECTOR, ...PODS.map(target)], MINUTES),
    // Before the beginning of promtool's time, which is 0.
    ...PODS.map((pod) => [selector(PROCESS_START_TIME.name, target(pod)), `-86400x${MINUTES}`]),
  ]);
}
