import { existing } from "../existing.ts";
import { RecencyList } from "./recency-list.ts";
import type { SessionCounts } from "./session-counts.ts";

/** The session has been counted as ended, which happens once. */
const ENDED = 1;
/** It has sent more than one batch. */
const SEVERAL = 2;
/** It has neither left nor fallen silent. */
const PRESENT = 4;

const ACTIVE = SEVERAL | PRESENT;

/** What a batch says about the presence of its page. */
export interface BatchSign {
  readonly seq: number;
  /** The session's highest number so far, this one included. */
  readonly newest: number;
  /** Whether the page sent it as it went away. */
  readonly leaving: boolean;
}

/**
 * Which sessions are there. Whether a page has left follows from its highest numbers, with the leaving batch and without,
 * so the order in which batches arrive plays no part.
 */
export class SessionPresence {
  readonly #flags: Uint8Array;
  /** The highest number of a batch with which the page left; 0 when it never did. */
  readonly #leftAt: Float64Array;
  readonly #present: RecencyList;

  constructor(capacity: number) {
    this.#flags = new Uint8Array(capacity);
    this.#leftAt = new Float64Array(capacity);
    this.#present = new RecencyList(capacity);
  }

  /** The bytes of the columns. */
  get bytes(): number {
    return this.#flags.byteLength + this.#leftAt.byteLength + this.#present.bytes;
  }

  /** Of the sessions that are there, the one whose last batch is the oldest; undefined when there is none. */
  get mostSilent(): number | undefined {
    return this.#present.oldest;
  }

  /** Whether a session has neither left nor fallen silent. */
  isPresent(slot: number): boolean {
    return (existing(this.#flags[slot], slot) & PRESENT) !== 0;
  }

  /** A session's first batch. */
  open(slot: number, sign: BatchSign, counts: SessionCounts): void {
    existing(this.#flags[slot], slot);
    this.#flags[slot] = 0;
    this.#leftAt[slot] = 0;
    counts.started += 1;
    this.#hear(slot, sign, counts);
  }

  /** A later batch of a session. */
  hearAgain(slot: number, sign: BatchSign, counts: SessionCounts): void {
    this.#change(slot, existing(this.#flags[slot], slot) | SEVERAL, counts);
    this.#hear(slot, sign, counts);
  }

  /** The session belongs to other counts from now on. */
  move(slot: number, from: SessionCounts, to: SessionCounts): void {
    const active = activity(existing(this.#flags[slot], slot));
    from.active -= active;
    to.active += active;
  }

  /** Nothing has come from a session that was there for too long. */
  fallSilent(slot: number, counts: SessionCounts): void {
    this.#end(slot, "vanished", counts);
    this.#depart(slot, counts);
  }

  #hear(slot: number, { seq, newest, leaving }: BatchSign, counts: SessionCounts): void {
    if (leaving) {
      this.#leftAt[slot] = Math.max(existing(this.#leftAt[slot], slot), seq);
      this.#end(slot, "left", counts);
    }
    if (newest > existing(this.#leftAt[slot], slot)) this.#arrive(slot, counts);
    else if (this.isPresent(slot)) this.#depart(slot, counts);
  }

  #arrive(slot: number, counts: SessionCounts): void {
    if (this.isPresent(slot)) this.#present.remove(slot);
    this.#present.append(slot);
    this.#change(slot, existing(this.#flags[slot], slot) | PRESENT, counts);
  }

  #depart(slot: number, counts: SessionCounts): void {
    this.#present.remove(slot);
    this.#change(slot, existing(this.#flags[slot], slot) & ~PRESENT, counts);
  }

  #end(slot: number, how: "left" | "vanished", counts: SessionCounts): void {
    const flags = existing(this.#flags[slot], slot);
    if ((flags & ENDED) !== 0) return;
    this.#flags[slot] = flags | ENDED;
    counts[how] += 1;
  }

  #change(slot: number, flags: number, counts: SessionCounts): void {
    counts.active += activity(flags) - activity(existing(this.#flags[slot], slot));
    this.#flags[slot] = flags;
  }
}

function activity(flags: number): number {
  return (flags & ACTIVE) === ACTIVE ? 1 : 0;
}
