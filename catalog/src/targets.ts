import type { Metric } from "./metric.ts";
import * as client from "./metrics/client.ts";
import * as server from "./metrics/server.ts";

/** A span of time as Prometheus writes it. */
export type Period = `${number}${"s" | "m" | "h" | "d"}`;

/** The share of observations at or below a bucket's bound, read and never interpolated. */
export interface ShareAtBound {
  readonly kind: "share at bound";
  readonly unit: "seconds" | "bytes";
  /** A bound of the layout of the target's first metric, in the unit. */
  readonly bound: number;
  readonly comparison: "at least" | "at most";
  /** A fraction of one. */
  readonly share: number;
}

/** One count over another, or one time over another. */
export interface Share {
  readonly kind: "share";
  readonly comparison: "at least" | "at most";
  /** A fraction of one. */
  readonly share: number;
}

/** How often something happened: a whole number. */
export interface Count {
  readonly kind: "count";
  readonly comparison: "at most";
  readonly count: number;
}

/** What the service promises: the number that queries, panels, alerts and load tests hold it to. */
export interface Target<O extends ShareAtBound | Share | Count = ShareAtBound | Share | Count> {
  /** Stable; part of names and links. */
  readonly id: string;
  /** What is promised, in a few words, the bound among them. */
  readonly title: string;
  /** The metrics that its SLI reads; of a share at a bound, the histogram comes first. */
  readonly metrics: readonly Metric[];
  readonly objective: O;
  /** The time over which it is kept. */
  readonly per: Period;
  /** Where the number comes from, and what it is not. */
  readonly rationale: string;
}

/** What is promised, by id. */
export interface Targets {
  readonly connected_time: Target<Share>;
  readonly connection_uptime_p50: Target<ShareAtBound>;
  readonly connection_uptime_p95: Target<ShareAtBound>;
  readonly connection_survival: Target<Share>;
  readonly reconnection_storms: Target<Share>;
  readonly forbidden: Target<Count>;
  readonly duplicates_shown: Target<Count>;
  readonly manual_refreshes: Target<Count>;
  readonly message_latency: Target<ShareAtBound>;
  readonly automatic_recovery: Target<ShareAtBound>;
  readonly client_memory: Target<ShareAtBound>;
  readonly connect_success: Target<Share>;
  readonly message_delivery: Target<ShareAtBound>;
}

/** The id of a target. */
export type TargetId = keyof Targets;

/** A target before its numbers are known: `{bound}` in the title stands for the bound. */
type Declared<O> = O extends ShareAtBound | Share | Count ? Omit<Target<O>, "id"> : never;

const DECLARED: { readonly [Id in TargetId]: Declared<Targets[Id]["objective"]> } = {
  connected_time: {
    title: "Connected time",
    metrics: [client.TIME],
    objective: { kind: "share", comparison: "at least", share: 0.999 },
    per: "1d",
    rationale:
      "Of the time in which a page wanted a connection and the user had a network. Additive: a client that flaps costs what it costs.",
  },
  connection_uptime_p50: {
    title: "Visits shorter than {bound}",
    metrics: [server.SERVER_CONNECTION_DURATION],
    objective: { kind: "share at bound", unit: "seconds", bound: 1800, comparison: "at most", share: 0.5 },
    per: "1d",
    rationale:
      "p50 of connection duration is at least 30 min, literally. It measures visits: healthy visits of 6 min miss it.",
  },
  connection_uptime_p95: {
    title: "Visits shorter than {bound}",
    metrics: [server.SERVER_CONNECTION_DURATION],
    objective: { kind: "share at bound", unit: "seconds", bound: 7200, comparison: "at most", share: 0.95 },
    per: "1d",
    rationale:
      "p95 of connection duration is at least 2 h, literally: at least 5 % last that long. It measures visits.",
  },
  connection_survival: {
    title: "Connections that nothing cuts for {horizon}",
    metrics: [server.SERVER_CLOSES, server.SERVER_CONNECTIONS_ACTIVE],
    objective: { kind: "share", comparison: "at least", share: 0.9 },
    per: "6h",
    rationale:
      "The probability of no cut within 2 h at the present rate of cuts; users who leave and drains are none. 5 % cuts an hour imply 0.9.",
  },
  reconnection_storms: {
    title: "Cut connections per hour",
    metrics: [client.CLOSES, client.SESSIONS_ACTIVE],
    objective: { kind: "share", comparison: "at most", share: 0.05 },
    per: "1h",
    rationale: "Counted when cut, browsers over browsers; planned restarts are no storm.",
  },
  forbidden: {
    title: "403 on handshake or rehydration",
    metrics: [server.SERVER_HANDSHAKES_REJECTED, server.SERVER_REHYDRATIONS],
    objective: { kind: "count", comparison: "at most", count: 1 },
    per: "1d",
    rationale: "Of requests that carried a session; scanners get 403 all night.",
  },
  duplicates_shown: {
    title: "Duplicate messages shown",
    metrics: [client.DUPLICATES_RENDERED],
    objective: { kind: "count", comparison: "at most", count: 0 },
    per: "1d",
    rationale: "Told by the render layer: what drops duplicates cannot see those that it missed.",
  },
  manual_refreshes: {
    title: "Page reloads over an unhealthy socket",
    metrics: [client.PAGE_RELOADS],
    objective: { kind: "count", comparison: "at most", count: 5 },
    per: "1d",
    rationale: "Without those that the page asked for after a rejected connection.",
  },
  message_latency: {
    title: "Messages within {bound}",
    metrics: [client.MESSAGE_LATENCY],
    objective: { kind: "share at bound", unit: "seconds", bound: 0.2, comparison: "at least", share: 0.95 },
    per: "1h",
    rationale: "p95 of at most 200 ms, of messages whose latency can be known to 50 ms.",
  },
  automatic_recovery: {
    title: "Recovery within {bound} of the network's return",
    metrics: [client.DOWNTIME, client.RECONNECT_EPISODES],
    objective: { kind: "share at bound", unit: "seconds", bound: 19.2, comparison: "at least", share: 0.95 },
    per: "1d",
    rationale: "The backoff's cap of 16 s and its jitter of 20 %; who gave up belongs in the denominator.",
  },
  client_memory: {
    title: "Heap growth of at most {bound} in 8 h",
    metrics: [client.HEAP_GROWTH],
    objective: {
      kind: "share at bound",
      unit: "bytes",
      bound: 10_485_760,
      comparison: "at least",
      share: 0.95,
    },
    per: "7d",
    rationale: "No growth that a user could notice, of sessions that lasted a working day.",
  },
  connect_success: {
    title: "First attempts that connect",
    metrics: [client.CONNECT_ATTEMPTS],
    objective: { kind: "share", comparison: "at least", share: 0.995 },
    per: "30d",
    rationale: "First attempts only: the retries of one user must not multiply.",
  },
  message_delivery: {
    title: "User messages answered within {bound}",
    metrics: [client.REPLY_LATENCY, client.FRAMES_SENT],
    objective: { kind: "share at bound", unit: "seconds", bound: 30, comparison: "at least", share: 0.995 },
    per: "30d",
    rationale: "Both sides from browsers, so that ad blockers and sampling cancel.",
  },
};

/** The numbers of an objective that a deployment may promise instead. */
export interface OwnObjective {
  /** A bound of the layout of the target's first metric. */
  readonly bound?: number | undefined;
  readonly share?: number | undefined;
  readonly count?: number | undefined;
}

/** A bound as people write it: `200 ms`, `30 min`, `10 MiB`. */
export function boundText({ unit, bound }: ShareAtBound): string {
  if (unit === "bytes") return `${bound / 2 ** 20} MiB`;
  if (bound < 1) return `${Math.round(bound * 1000)} ms`;
  if (bound % 3600 === 0) return `${bound / 3600} h`;
  return bound % 60 === 0 && bound > 60 ? `${bound / 60} min` : `${bound} s`;
}

function withObjective(id: TargetId, own: OwnObjective): Target {
  const { title, objective, ...target } = DECLARED[id];
  const numbers = Object.entries(own).filter(([name, number]) => number !== undefined && name in objective);
  const promised = { ...objective, ...Object.fromEntries(numbers) };
  const bound = promised.kind === "share at bound" ? boundText(promised) : "";
  return { ...target, id, title: title.replace("{bound}", bound), objective: promised };
}

/** A connection is to survive as long as the literal p95 of its uptime promises. */
function withHorizon({ connection_survival: target, connection_uptime_p95 }: Targets): Target<Share> {
  return { ...target, title: target.title.replace("{horizon}", boundText(connection_uptime_p95.objective)) };
}

/** Every target, with what a deployment promises instead. Nothing is checked here: a configuration is, where it is read. */
export function targetsWith(own: { readonly [Id in TargetId]?: OwnObjective | undefined } = {}): Targets {
  const ids = Object.keys(DECLARED) as TargetId[];
  const targets = Object.fromEntries(
    ids.map((id) => [id, withObjective(id, own[id] ?? {})]),
  ) as unknown as Targets;
  return { ...targets, connection_survival: withHorizon(targets) };
}

/** The product's own promises. */
export const TARGETS: Targets = targetsWith();

/** Every target of a service, in the order in which they are listed. */
export function allTargets(targets: Targets): readonly Target[] {
  return Object.values(targets);
}
