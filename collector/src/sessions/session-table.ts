import { SESSION_SILENCE_MS } from "@sockscope/catalog";
import { MAX_BATCH_AGE_MS, MAX_DELTA } from "@sockscope/catalog/protocol";
import { existing } from "../existing.ts";
import { RecencyList } from "./recency-list.ts";
import { SequenceWindows } from "./sequence-windows.ts";
import { noSessions, type SessionCounts } from "./session-counts.ts";
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
  readonly #counts: readonly SessionCounts[];
  readonly #keys: string[] = [];
  readonly #free: number[] = [];
  readonly #apps: Int32Array;
  readonly #lastBatchMs: Float64Array;
  readonly #windows: SequenceWindows;
  readonly #recency: RecencyList;
  readonly #presence: SessionPresence;
  #size = 0;

  constructor({ apps, maxSessions, clock }: SessionTableOptions) {
    this.#clock = clock;
    this.#maxSessions = maxSessions;
    this.#slots = Array.from({ length: apps }, () => new Map());
    this.#counts = Array.from({ length: apps }, noSessions);
    this.#apps = new Int32Array(maxSessions);
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
    const columns = [this.#apps.byteLength, this.#lastBatchMs.byteLength];
    const parts = [this.#windows.bytes, this.#recency.bytes, this.#presence.bytes];
    return [...columns, ...parts].reduce(
      (sum, bytes) => sum + bytes,
      this.#maxSessions * KEY_BYTES_PER_SESSION,
    );
  }

  /**
   * What became of the sessions of one app. Exact as of the last batch; call {@link settle} for this moment.
   *
   * @param app the position of the app
   */
  countsOf(app: number): Readonly<SessionCounts> {
    return ofApp(this.#counts, app);
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
    const slot = ofApp(this.#slots, app).get(key);
    if (slot === undefined) return this.#size < this.#maxSessions ? "new" : "full";
    const look = this.#windows.look(slot, seq);
    return look === "behind" ? "too_old" : look;
  }

  /**
   * Counts a batch that {@link admit} called new. Call it together with the batch's increments, nothing in between.
   *
   * @param leaving whether the page sent it as it went away
   */
  commit(app: number, key: string, seq: number, leaving: boolean): void {
    const slot = ofApp(this.#slots, app).get(key);
    if (slot === undefined) this.#open(app, key, { seq, newest: seq, leaving });
    else this.#countAgain(slot, seq, leaving);
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

  #open(app: number, key: string, sign: BatchSign): void {
    const slot = this.#free.pop() ?? this.#size;
    this.#windows.open(slot, sign.seq);
    this.#size += 1;
    ofApp(this.#slots, app).set(key, slot);
    this.#keys[slot] = key;
    this.#apps[slot] = app;
    this.#lastBatchMs[slot] = this.#clock();
    this.#recency.append(slot);
    this.#presence.open(slot, sign, ofApp(this.#counts, app));
  }

  #countAgain(slot: number, seq: number, leaving: boolean): void {
    const counts = this.#countsOfSlot(slot);
    const now = this.#clock();
    // Nothing may have noticed the silence that this batch ends.
    if (this.#presence.isPresent(slot)) this.#endSilent(slot, now);
    countGaps(counts, this.#windows.count(slot, seq));
    this.#lastBatchMs[slot] = now;
    this.#recency.remove(slot);
    this.#recency.append(slot);
    this.#presence.hearAgain(slot, { seq, newest: this.#windows.newestOf(slot), leaving }, counts);
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
    ofApp(this.#slots, existing(this.#apps[slot], slot)).delete(this.#keyOf(slot));
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
    return ofApp(this.#counts, existing(this.#apps[slot], slot));
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

function ofApp<Value>(values: readonly Value[], app: number): Value {
  const value = values[app];
  if (value === undefined) throw new RangeError(`no app at position ${app}`);
  return value;
}
