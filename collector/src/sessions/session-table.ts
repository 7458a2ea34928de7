import { SESSION_SILENCE_MS } from "@sockscope/catalog";
import { MAX_BATCH_AGE_MS, MAX_DELTA } from "@sockscope/catalog/protocol";
import type { BatchSource } from "../batch-source.ts";
import { existing } from "../existing.ts";
import { RecencyList } from "./recency-list.ts";
import { SequenceWindows } from "./sequence-windows.ts";
import { noSessions, type SessionCounts, sumOfSessions } from "./session-counts.ts";
import { type BatchSign, SessionPresence } from "./session-presence.ts";

/**
 * How long a session is remembered after its last batch. Longer than a batch may be old, because a batch's age is measured
 * when it is sent: the rest is for the time it may spend on its way, and for clocks that run at different speeds.
 */
export const SESSION_RETENTION_MS: number = MAX_BATCH_AGE_MS + 300_000;

/** Several are due for each one that can come, so the table never falls behind, and no batch pays for thousands. */
const DUE_PER_BATCH = 32;

/**
 * The most that V8 takes for one session besides the columns: a 16-character key, its place in the list of keys and of
 * free slots, and a Map entry in a table that has just doubled while the old one is still there.
 */
const KEY_BYTES_PER_SESSION = 144;

/** What is to be done with a batch. `too_old`: it cannot be told from a duplicate. `full`: no room for its session. */
export type Admission = "new" | "duplicate" | "too_old" | "full";

/** What a {@link SessionTable} is made of. */
export interface SessionTableOptions {
  /** How many apps there are; a session belongs to one. */
  readonly apps: number;
  /** How many positions of releases there are; a session belongs to that of its last batch. Default: 1. */
  readonly releases?: number;
  readonly maxSessions: number;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

/**
 * Which batches were counted, and which pages are there. A session is never forgotten while one of its batches could still
 * be accepted; when the table is full, new sessions are refused instead.
 */
export class SessionTable {
  readonly #clock: () => number;
  readonly #maxSessions: number;
  readonly #slots: readonly Map<string, number>[];
  /** By app, and then by release. */
  #counts: readonly (readonly SessionCounts[])[];
  readonly #keys: string[] = [];
  readonly #free: number[] = [];
  readonly #apps: Int32Array;
  readonly #releases: Uint8Array;
  readonly #lastBatchMs: Float64Array;
  readonly #windows: SequenceWindows;
  readonly #recency: RecencyList;
  readonly #presence: SessionPresence;
  #size = 0;

  constructor({ apps, releases = 1, maxSessions, clock }: SessionTableOptions) {
    this.#clock = clock;
    this.#maxSessions = maxSessions;
    this.#slots = Array.from({ length: apps }, () => new Map());
    this.#counts = Array.from({ length: apps }, () => Array.from({ length: releases }, noSessions));
    this.#apps = new Int32Array(maxSessions);
    this.#releases = new Uint8Array(maxSessions);
    this.#lastBatchMs = new Float64Array(maxSessions);
    this.#windows = new SequenceWindows(maxSessions);
    this.#recency = new RecencyList(maxSessions);
    this.#presence = new SessionPresence(maxSessions);
  }

  /** How many sessions are remembered. */
  get size(): number {
    return this.#size;
  }

  /** The most bytes that the table takes when it is full. */
  get worstCaseBytes(): number {
    const columns = [this.#apps.byteLength, this.#releases.byteLength, this.#lastBatchMs.byteLength];
    const parts = [this.#windows.bytes, this.#recency.bytes, this.#presence.bytes];
    return [...columns, ...parts].reduce(
      (sum, bytes) => sum + bytes,
      this.#maxSessions * KEY_BYTES_PER_SESSION,
    );
  }

  /** What became of the sessions of an app's release. Exact as of the last batch; call {@link settle} for this moment. */
  countsOf({ app, release }: BatchSource): Readonly<SessionCounts> {
    return this.#countsOfSource(app, release);
  }

  /**
   * The same of all releases of an app. `started` is without those of releases that are gone.
   *
   * @param app the position of the app
   */
  countsOfApp(app: number): Readonly<SessionCounts> {
    return sumOfSessions(at(this.#counts, app));
  }

  /**
   * What is to be done with a batch. Changes nothing that counts: a batch that is refused afterwards leaves its number
   * free, so a new one is counted only by {@link commit}. A duplicate changes nothing at all.
   *
   * @param app the position of the app
   * @param key the session, as {@link sessionKey} writes it
   * @param ageMs how long ago the batch was closed
   */
  admit(app: number, key: string, seq: number, ageMs: number): Admission {
    this.settle(DUE_PER_BATCH);
    if (ageMs > MAX_BATCH_AGE_MS) return "too_old";
    const slot = at(this.#slots, app).get(key);
    if (slot === undefined) return this.#size < this.#maxSessions ? "new" : "full";
    const look = this.#windows.look(slot, seq);
    return look === "behind" ? "too_old" : look;
  }

  /**
   * Counts a batch that {@link admit} called new. Call it together with the batch's increments, nothing in between.
   *
   * @param leaving whether the page sent it as it went away
   */
  commit(source: BatchSource, key: string, seq: number, leaving: boolean): void {
    const slot = at(this.#slots, source.app).get(key);
    if (slot === undefined) this.#open(source, key, { seq, newest: seq, leaving });
    else this.#countAgain(slot, source.release, seq, leaving);
  }

  /**
   * Gives releases other positions. Those that have none any more go to the last position, with all that is known of their
   * sessions but how many they were: that is counted once, and was.
   *
   * @param positions the new position of each old one, or undefined
   * @param releases how many positions there are now
   */
  moveReleases(positions: readonly (number | undefined)[], releases: number): void {
    const last = releases - 1;
    this.#counts = this.#counts.map((ofApp) => {
      const moved = Array.from({ length: releases }, noSessions);
      for (const [position, counts] of ofApp.entries()) {
        const to = positions[position];
        const kept = to === undefined ? { ...counts, started: 0 } : counts;
        moved[to ?? last] = sumOfSessions([at(moved, to ?? last), kept]);
      }
      return moved;
    });
    for (const slot of this.#keys.keys()) this.#releases[slot] = positions[this.#releaseOf(slot)] ?? last;
  }

  /**
   * Brings about what time alone does: sessions fall silent, and those whose retention has passed are forgotten.
   *
   * @param limit at most so many of either; default: all of them
   */
  settle(limit: number = Number.POSITIVE_INFINITY): void {
    const now = this.#clock();
    for (let done = 0; done < limit && this.#endSilent(this.#presence.mostSilent, now); done += 1);
    for (let done = 0; done < limit && this.#forgetExpired(this.#recency.oldest, now); done += 1);
  }

  #open({ app, release }: BatchSource, key: string, sign: BatchSign): void {
    const slot = this.#free.pop() ?? this.#size;
    this.#windows.open(slot, sign.seq);
    this.#size += 1;
    at(this.#slots, app).set(key, slot);
    this.#keys[slot] = key;
    this.#apps[slot] = app;
    this.#releases[slot] = release;
    this.#lastBatchMs[slot] = this.#clock();
    this.#recency.append(slot);
    this.#presence.open(slot, sign, this.#countsOfSlot(slot));
  }

  #countAgain(slot: number, release: number, seq: number, leaving: boolean): void {
    const now = this.#clock();
    // Nothing may have noticed the silence that this batch ends.
    if (this.#presence.isPresent(slot)) this.#endSilent(slot, now);
    this.#moveTo(slot, release);
    const counts = this.#countsOfSlot(slot);
    countGaps(counts, this.#windows.count(slot, seq));
    this.#lastBatchMs[slot] = now;
    this.#recency.remove(slot);
    this.#recency.append(slot);
    this.#presence.hearAgain(slot, { seq, newest: this.#windows.newestOf(slot), leaving }, counts);
  }

  /** A release may have been announced since the session's last batch. */
  #moveTo(slot: number, release: number): void {
    if (release === this.#releaseOf(slot)) return;
    const from = this.#countsOfSlot(slot);
    this.#releases[slot] = release;
    this.#presence.move(slot, from, this.#countsOfSlot(slot));
  }

  /** Whether it had fallen silent. */
  #endSilent(slot: number | undefined, now: number): boolean {
    if (slot === undefined || this.#lastBatch(slot) >= now - SESSION_SILENCE_MS) return false;
    this.#presence.fallSilent(slot, this.#countsOfSlot(slot));
    return true;
  }

  /** Whether its retention had passed. */
  #forgetExpired(slot: number | undefined, now: number): boolean {
    if (slot === undefined || this.#lastBatch(slot) >= now - SESSION_RETENTION_MS) return false;
    if (this.#presence.isPresent(slot)) this.#endSilent(slot, now);
    countGaps(this.#countsOfSlot(slot), this.#windows.holes(slot));
    at(this.#slots, existing(this.#apps[slot], slot)).delete(this.#keyOf(slot));
    this.#keys[slot] = "";
    this.#recency.remove(slot);
    this.#free.push(slot);
    this.#size -= 1;
    return true;
  }

  #lastBatch(slot: number): number {
    return existing(this.#lastBatchMs[slot], slot);
  }

  #countsOfSlot(slot: number): SessionCounts {
    return this.#countsOfSource(existing(this.#apps[slot], slot), this.#releaseOf(slot));
  }

  #countsOfSource(app: number, release: number): SessionCounts {
    return at(at(this.#counts, app), release);
  }

  #releaseOf(slot: number): number {
    return existing(this.#releases[slot], slot);
  }

  #keyOf(slot: number): string {
    const key = this.#keys[slot];
    if (key === undefined) throw new RangeError(`slot ${slot} has no session`);
    return key;
  }
}

/** A forged number may leap anywhere; it must not poison the count more than any other field of a batch can. */
function countGaps(counts: SessionCounts, gaps: number): void {
  counts.sequenceGaps += Math.min(gaps, MAX_DELTA);
}

function at<Value>(values: readonly Value[], position: number): Value {
  const value = values[position];
  if (value === undefined) throw new RangeError(`nothing at position ${position}`);
  return value;
}
