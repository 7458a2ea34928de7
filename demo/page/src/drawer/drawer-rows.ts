import type { ConnectOutcome, ConnectTrigger, EndedBy } from "@sockscope/catalog/runtime";
import type { Attempt, Close, Snapshot } from "@sockscope/sdk/snapshot";
import { nameOf } from "../close-codes.ts";
import { clockWords, measuredWords } from "../parts/time-words.ts";

/** A line of the drawer. */
export interface DrawerRow {
  /** Of all rows of its list. */
  readonly key: string;
  /** What it begins with: a close code, or how an attempt ended. */
  readonly head: string;
  readonly text: string;
  readonly detail: string;
  readonly time: string;
  readonly tone: "good" | "bad" | "neutral";
}

const ENDED_BY: Readonly<Record<EndedBy, string>> = {
  page: "by this page",
  peer: "by the server",
  network: "by the network, without a close frame",
  left: "because the page was left",
};

const OUTCOMES: Readonly<Record<ConnectOutcome, string>> = {
  opened: "Opened",
  rejected: "Rejected",
  dropped: "Dropped at once",
  failed: "Did not open",
  timed_out: "Took too long",
  aborted: "Given up",
};

const TRIGGERS: Readonly<Record<ConnectTrigger, string>> = {
  initial: "the first one",
  backoff: "again, by itself",
  online: "the network was back",
  visible: "the page was seen again",
  pageshow: "the page was back",
  resume: "the page woke up",
  manual: "the user asked for it",
  advice: "when the server said",
  token_refresh: "with a new token",
  unspecified: "for no given reason",
  other: "to see whether there is a network",
};

/** Closes, the latest first. */
export function closeRows(closes: readonly Close[]): readonly DrawerRow[] {
  return latestFirst(closes, ({ at, code, phase, endedBy }) => ({
    head: code === "none" ? "–" : code,
    text: code === "none" ? "no close event" : nameOf(Number(code)),
    detail:
      phase === "opened" ? `Ended ${ENDED_BY[endedBy]}` : `Ended ${ENDED_BY[endedBy]}, before it had opened`,
    time: clockWords(at),
    tone: endedBy === "page" || endedBy === "left" ? "neutral" : "bad",
  }));
}

/** Connect attempts, the latest first. */
export function attemptRows(attempts: readonly Attempt[]): readonly DrawerRow[] {
  return latestFirst(attempts, ({ at, outcome, trigger, delaySeconds }) => ({
    head: OUTCOMES[outcome],
    text: TRIGGERS[trigger],
    detail: waitWords(trigger, delaySeconds),
    time: clockWords(at),
    tone: outcome === "opened" ? "good" : outcome === "aborted" ? "neutral" : "bad",
  }));
}

function waitWords(trigger: ConnectTrigger, delaySeconds: number | undefined): string {
  if (delaySeconds !== undefined) return `After a backoff of ${measuredWords(delaySeconds)}`;
  // The SDK measures a wait when its attempt comes to a socket, and one that got no token does not.
  const waits = trigger === "backoff" || trigger === "advice";
  return waits ? "After a backoff; it did not come to a socket" : "At once";
}

/** What the SDK had to drop, by where; empty when it was nothing. */
export function lostRows(lost: Snapshot["lost"]): readonly string[] {
  return Object.entries(lost).map(([where, count]) => `${count} × ${where}`);
}

/** What a snapshot comes to. */
export interface DrawerTotals {
  /** Attempts after the first that led to a connection. */
  readonly reconnects: number;
  readonly closes: number;
  /** Undefined while no connection has ended. */
  readonly p95Duration: string | undefined;
  readonly lost: number;
}

/** Adds a snapshot up. */
export function drawerTotals({ attempts, closes, p95DurationSeconds, lost }: Snapshot): DrawerTotals {
  return {
    reconnects: attempts.filter(({ outcome, trigger }) => outcome === "opened" && trigger !== "initial")
      .length,
    closes: closes.length,
    p95Duration: p95DurationSeconds === undefined ? undefined : measuredWords(p95DurationSeconds),
    lost: Object.values(lost).reduce((sum, count) => sum + count, 0),
  };
}

function latestFirst<Item>(
  items: readonly Item[],
  rowOf: (item: Item) => Omit<DrawerRow, "key">,
): readonly DrawerRow[] {
  return items
    .map((item, index) => ({ ...rowOf(item), key: `${index} ${(item as { at: number }).at}` }))
    .reverse();
}
