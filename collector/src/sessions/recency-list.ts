import { existing } from "../existing.ts";

const NONE = -1;

/**
 * Slots in the order in which they were last touched: a doubly linked list in two columns, so that touching, removing and
 * reading the old end cost the same however many there are.
 */
export class RecencyList {
  readonly #older: Int32Array;
  readonly #newer: Int32Array;
  #oldest = NONE;
  #newest = NONE;

  constructor(capacity: number) {
    this.#older = new Int32Array(capacity).fill(NONE);
    this.#newer = new Int32Array(capacity).fill(NONE);
  }

  /** The bytes of the columns. */
  get bytes(): number {
    return this.#older.byteLength + this.#newer.byteLength;
  }

  /** The slot that was touched longest ago; undefined when the list is empty. */
  get oldest(): number | undefined {
    return this.#oldest === NONE ? undefined : this.#oldest;
  }

  /**
   * Puts a slot that is not in the list at the new end.
   *
   * @throws RangeError when there is no such slot
   */
  append(slot: number): void {
    existing(this.#older[slot], slot);
    this.#older[slot] = this.#newest;
    this.#newer[slot] = NONE;
    if (this.#newest === NONE) this.#oldest = slot;
    else this.#newer[this.#newest] = slot;
    this.#newest = slot;
  }

  /**
   * Takes a slot out of the list.
   *
   * @throws RangeError when there is no such slot
   */
  remove(slot: number): void {
    const older = existing(this.#older[slot], slot);
    const newer = existing(this.#newer[slot], slot);
    if (older === NONE) this.#oldest = newer;
    else this.#newer[older] = newer;
    if (newer === NONE) this.#newest = older;
    else this.#older[newer] = older;
  }
}
