import { KEEP_ALIVE_MS, MAX_BATCH_AGE_MS, MAX_DELTA } from "@sockscope/catalog/protocol";
import { RecencyList } from "./recency-list.ts";
import { SequenceWindows } from "./sequence-windows.ts";

/**
 * How long a session is remembered after its last batch. Longer than a batch may be old, because a batch's age is measured
 * when it is sent: the rest is for the time it may spend on its way, and for clocks that run at different speeds.
 */
export const SESSION_RETENTION_MS: number = MAX_BATCH_AGE_MS + 300_000;

/** A session counts as active this long after its last batch: one keep-alive may be lost, and the next be late. */
export const SESSION_ACTIVE_MS: number = 2.5 * KEEP_ALIVE_MS;

/** Several expire for each one that can come, so the table never falls behind, and no batch pays for thousands. */
const EXPIRIES_PER_BATCH = 32;

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
 * Which batches were counted. A session is never forgotten while one of its batches could still be accepted; when the
 * table is full, new sessions are refused instead.
 */
export class SessionTable {
  readonly #clock: () => number;
  readonly #maxSessions: number;
  readonly #slots: readonly Map<string, number>[];
  readonly #keys: string[] = [];
  readonly #free: number[] = [];
  readonly #apps: Int32Array;
  readonly #lastSeenMs: Float64Array;
  readonly #windows: SequenceWindows;
  readonly #recency: RecencyList;
  #size = 0;
  #sequenceGaps = 0;

  constructor({ apps, maxSessions, clock }: SessionTableOptions) {
    this.#clock = clock;
    this.#maxSessions = maxSessions;
    this.#slots = Array.from({ length: apps }, () => new Map());
    this.#apps = new Int32Array(maxSessions);
    this.#lastSeenMs = new Float64Array(maxSessions);
    this.#windows = new SequenceWindows(maxSessions);
    this.#recency = new RecencyList(maxSessions);
  }

  /** How many sessions are remembered. */
  get size(): number {
    return this.#size;
  }

  /** Numbers that are certain never to have been counted: they left their window, or their session expired. */
  get sequenceGaps(): number {
    return this.#sequenceGaps;
  }

  /** The most bytes that the table takes when it is full. */
  get worstCaseBytes(): number {
    const columns =
      this.#apps.byteLength + this.#lastSeenMs.byteLength + this.#windows.bytes + this.#recency.bytes;
    return columns + this.#maxSessions * KEY_BYTES_PER_SESSION;
  }

  /**
   * What is to be done with a batch. Changes nothing that counts: a batch that is refused afterwards leaves its number
   * free, so a new one is counted only by {@link commit}.
   *
   * @param app the position of the app
   * @param key the session, as {@link sessionKey} writes it
   * @param ageMs how long ago the batch was closed
   */
  admit(app: number, key: string, seq: number, ageMs: number): Admission {
    this.expire(EXPIRIES_PER_BATCH);
    if (ageMs > MAX_BATCH_AGE_MS) return "too_old";
    const slot = this.#slotsOf(app).get(key);
    if (slot === undefined) return this.#size < this.#maxSessions ? "new" : "full";
    const look = this.#windows.look(slot, seq);
    if (look === "behind") return "too_old";
    if (look === "duplicate") this.#touch(slot);
    return look;
  }

  /** Counts a batch that {@link admit} called new. Call it together with the batch's increments, nothing in between. */
  commit(app: number, key: string, seq: number): void {
    const slot = this.#slotsOf(app).get(key);
    if (slot === undefined) {
      this.#open(app, key, seq);
      return;
    }
    this.#countGaps(this.#windows.count(slot, seq));
    this.#touch(slot);
  }

  /**
   * Forgets sessions whose retention has passed.
   *
   * @param limit at most so many; default: all of them
   */
  expire(limit: number = Number.POSITIVE_INFINITY): void {
    const expired = this.#clock() - SESSION_RETENTION_MS;
    for (let forgotten = 0; forgotten < limit; forgotten += 1) {
      const oldest = this.#recency.oldest;
      if (oldest === undefined || this.#lastSeen(oldest) >= expired) return;
      this.#forget(oldest);
    }
  }

  /** How many sessions of each app are active, by the app's position. Walks the active ones. */
  activeByApp(): number[] {
    const active = this.#slots.map(() => 0);
    const since = this.#clock() - SESSION_ACTIVE_MS;
    let slot = this.#recency.newest;
    while (slot !== undefined && this.#lastSeen(slot) >= since) {
      const app = this.#apps[slot] ?? 0;
      active[app] = (active[app] ?? 0) + 1;
      slot = this.#recency.olderThan(slot);
    }
    return active;
  }

  #open(app: number, key: string, seq: number): void {
    const slot = this.#free.pop() ?? this.#size;
    this.#size += 1;
    this.#slotsOf(app).set(key, slot);
    this.#keys[slot] = key;
    this.#apps[slot] = app;
    this.#windows.open(slot, seq);
    this.#lastSeenMs[slot] = this.#clock();
    this.#recency.append(slot);
  }

  #touch(slot: number): void {
    this.#lastSeenMs[slot] = this.#clock();
    this.#recency.remove(slot);
    this.#recency.append(slot);
  }

  #forget(slot: number): void {
    this.#countGaps(this.#windows.holes(slot));
    this.#slotsOf(this.#apps[slot] ?? 0).delete(this.#keys[slot] ?? "");
    this.#keys[slot] = "";
    this.#recency.remove(slot);
    this.#free.push(slot);
    this.#size -= 1;
  }

  /** A forged number may leap anywhere; it must not poison the count more than any other field of a batch can. */
  #countGaps(gaps: number): void {
    this.#sequenceGaps += Math.min(gaps, MAX_DELTA);
  }

  #slotsOf(app: number): Map<string, number> {
    const slots = this.#slots[app];
    if (slots === undefined) throw new RangeError(`no app at position ${app}`);
    return slots;
  }

  #lastSeen(slot: number): number {
    return this.#lastSeenMs[slot] ?? 0;
  }
}
