import { wireName } from "@sockscope/catalog/protocol";
import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECTION_DURATION,
  type ConnectOutcome,
  type ConnectTrigger,
  type EndedBy,
  type Phase,
  RECONNECT_DELAY,
  TELEMETRY_LOST,
} from "@sockscope/catalog/runtime";
import type { Sink } from "../record/sink.ts";

/** A connection that ended, or an attempt that failed. */
export interface Close {
  /** In ms since the epoch. */
  readonly at: number;
  /** As in `CloseEvent.code`; `none` where the page left before there could be one. */
  readonly code: string;
  readonly phase: Phase;
  readonly endedBy: EndedBy;
}

/** A connect attempt that is decided. */
export interface Attempt {
  /** When it was decided, in ms since the epoch. */
  readonly at: number;
  readonly outcome: ConnectOutcome;
  readonly trigger: ConnectTrigger;
  /** How long the client had waited before it, in seconds; undefined where it did not. */
  readonly delaySeconds: number | undefined;
}

/** What a page has seen of its connections, the latest last. */
export interface Snapshot {
  /** At most {@link MAX_CLOSES}. */
  readonly closes: readonly Close[];
  /** At most {@link MAX_ATTEMPTS}. */
  readonly attempts: readonly Attempt[];
  /** Of connections that ended, in seconds; at most {@link MAX_DURATIONS}. */
  readonly durationsSeconds: readonly number[];
  /** Of these: 95 % lasted no longer. Undefined while there are none. */
  readonly p95DurationSeconds: number | undefined;
  /** Measurements that were dropped, by where. */
  readonly lost: Readonly<Record<string, number>>;
}

/** Remembers the latest of what is recorded. Give it to `start` as one of its `sinks`. */
export interface Snapshots extends Sink {
  /** What is remembered now. It does not change afterwards. */
  snapshot(): Snapshot;
}

/** How many closes are remembered. */
export const MAX_CLOSES = 100;
/** How many attempts are remembered. */
export const MAX_ATTEMPTS = 100;
/** How many durations of connections are remembered. */
export const MAX_DURATIONS = 50;

/** A sink that remembers the last closes, attempts and durations; it remembers nothing yet. */
export function createSnapshots(): Snapshots {
  const closes: Close[] = [];
  const attempts: Attempt[] = [];
  const durations: number[] = [];
  const lost: Record<string, number> = {};
  /** The wait of an attempt that is not decided yet. */
  let delaySeconds: number | undefined;

  function counted(series: string, by: number): void {
    const [name, ...values] = series.split("/");
    const at = Date.now();
    if (name === wireName(CLOSES.name)) {
      const [code, phase, endedBy] = values as [string, Phase, EndedBy];
      remember(closes, { at, code, phase, endedBy }, MAX_CLOSES);
    } else if (name === wireName(CONNECT_ATTEMPTS.name)) {
      const [outcome, trigger] = values as [ConnectOutcome, ConnectTrigger];
      remember(attempts, { at, outcome, trigger, delaySeconds }, MAX_ATTEMPTS);
      delaySeconds = undefined;
    } else if (name === wireName(TELEMETRY_LOST.name)) {
      const [where = ""] = values;
      lost[where] = (lost[where] ?? 0) + by;
    }
  }

  function observed(series: string, value: number): void {
    if (series === wireName(CONNECTION_DURATION.name)) remember(durations, value, MAX_DURATIONS);
    else if (series === wireName(RECONNECT_DELAY.name)) delaySeconds = value;
  }

  return {
    counted,
    observed,
    snapshot: () => ({
      closes: [...closes],
      attempts: [...attempts],
      durationsSeconds: [...durations],
      p95DurationSeconds: percentile(durations, 0.95),
      lost: { ...lost },
    }),
  };
}

function remember<Item>(list: Item[], item: Item, most: number): void {
  list.push(item);
  if (list.length > most) list.shift();
}

/** The least value that so many are not above, by the nearest rank; undefined of none. */
function percentile(values: readonly number[], share: number): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1];
}
