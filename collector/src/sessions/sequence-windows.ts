import { DEDUPLICATION_WINDOW } from "@sockscope/catalog/protocol";
import { existing } from "../existing.ts";

const BITS_PER_WORD = 32;
const WORDS_PER_WINDOW = Math.ceil(DEDUPLICATION_WINDOW / BITS_PER_WORD);

/**
 * One deduplication window a slot: the newest sequence number, and a ring of bits that says which of the numbers up to it
 * were counted. A number's bit is at the number modulo the window, so a window that moves only clears what leaves it.
 */
export class SequenceWindows {
  readonly #newest: Float64Array;
  /** The number that opened the window: nobody can tell what became of the ones before it. */
  readonly #first: Float64Array;
  readonly #counted: Uint32Array;

  constructor(capacity: number) {
    this.#newest = new Float64Array(capacity);
    this.#first = new Float64Array(capacity);
    this.#counted = new Uint32Array(capacity * WORDS_PER_WINDOW);
  }

  /** The bytes of the columns. */
  get bytes(): number {
    return this.#newest.byteLength + this.#first.byteLength + this.#counted.byteLength;
  }

  /** Begins a slot's window with its first number. */
  open(slot: number, seq: number): void {
    existing(this.#newest[slot], slot);
    this.#newest[slot] = seq;
    this.#first[slot] = seq;
    this.#counted.fill(0, slot * WORDS_PER_WINDOW, (slot + 1) * WORDS_PER_WINDOW);
    this.#mark(slot, seq);
  }

  /** Whether a number was counted, or is too far behind to tell. */
  look(slot: number, seq: number): "new" | "duplicate" | "behind" {
    const newest = this.newestOf(slot);
    if (seq > newest) return "new";
    if (seq <= newest - DEDUPLICATION_WINDOW) return "behind";
    return this.#isCounted(slot, seq) ? "duplicate" : "new";
  }

  /**
   * Counts a number that {@link look} called new.
   *
   * @returns how many numbers left the window without ever having been counted
   */
  count(slot: number, seq: number): number {
    const gaps = seq > this.newestOf(slot) ? this.#moveTo(slot, seq) : 0;
    this.#mark(slot, seq);
    return gaps;
  }

  /** The newest number of a slot that was counted. */
  newestOf(slot: number): number {
    return existing(this.#newest[slot], slot);
  }

  /** How many numbers would be lost if the session never sent another batch. */
  holes(slot: number): number {
    const newest = this.newestOf(slot);
    let holes = 0;
    for (let seq = this.#oldestIn(slot); seq <= newest; seq += 1) if (this.#isHole(slot, seq)) holes += 1;
    return holes;
  }

  #moveTo(slot: number, seq: number): number {
    const newest = this.newestOf(slot);
    const leaving = Math.min(newest, seq - DEDUPLICATION_WINDOW);
    // A leap beyond the window passes over numbers that were never in it.
    let gaps = Math.max(0, seq - DEDUPLICATION_WINDOW - newest);
    for (let left = this.#oldestIn(slot); left <= leaving; left += 1) {
      if (this.#isHole(slot, left)) gaps += 1;
      this.#clear(slot, left);
    }
    this.#newest[slot] = seq;
    return gaps;
  }

  #oldestIn(slot: number): number {
    return Math.max(1, this.newestOf(slot) - DEDUPLICATION_WINDOW + 1);
  }

  #isHole(slot: number, seq: number): boolean {
    return seq > existing(this.#first[slot], slot) && !this.#isCounted(slot, seq);
  }

  #isCounted(slot: number, seq: number): boolean {
    return (existing(this.#counted[wordOf(slot, seq)], wordOf(slot, seq)) & bitOf(seq)) !== 0;
  }

  #mark(slot: number, seq: number): void {
    const word = wordOf(slot, seq);
    this.#counted[word] = existing(this.#counted[word], word) | bitOf(seq);
  }

  #clear(slot: number, seq: number): void {
    const word = wordOf(slot, seq);
    this.#counted[word] = existing(this.#counted[word], word) & ~bitOf(seq);
  }
}

function wordOf(slot: number, seq: number): number {
  return slot * WORDS_PER_WINDOW + Math.floor((seq % DEDUPLICATION_WINDOW) / BITS_PER_WORD);
}

function bitOf(seq: number): number {
  return 1 << ((seq % DEDUPLICATION_WINDOW) % BITS_PER_WORD);
}
