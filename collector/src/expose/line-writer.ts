import type { PreparedLines } from "./prepared-lines.ts";
import { prometheusNumber } from "./prometheus-number.ts";

/** The longest number from 0 up that JavaScript writes is `1.2345678901234567e-100`; a line feed follows. */
const LONGEST_VALUE = 25;

/** Below it, digits are taken off in 32-bit arithmetic. */
const FEW_DIGITS = 1_000_000_000;

const ZERO = 48;
const LINE_FEED = 10;

/**
 * Writes prepared lines with their values, one after the other. Straight into bytes: as text, an exposition of many
 * series would be made of as many pieces, flattened, and then encoded.
 */
export class LineWriter {
  readonly #texts: readonly Uint8Array[];
  readonly #bytes: Buffer;
  #line = 0;
  #length = 0;

  constructor({ texts, length }: PreparedLines) {
    this.#texts = texts;
    this.#bytes = Buffer.allocUnsafe(length + texts.length * LONGEST_VALUE);
  }

  /**
   * The next line, with this value.
   *
   * @throws RangeError when there is no next line: a fault of the caller's own
   */
  write(value: number): void {
    const text = this.#texts[this.#line];
    if (text === undefined) throw new RangeError(`there are only ${this.#line} lines`);
    this.#line += 1;
    this.#bytes.set(text, this.#length);
    this.#length += text.length;
    this.#writeNumber(value);
    this.#bytes[this.#length] = LINE_FEED;
    this.#length += 1;
  }

  /** What has been written. */
  get written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #writeNumber(value: number): void {
    if (value >= 0 && value < FEW_DIGITS && Number.isInteger(value)) this.#writeDigits(value);
    else this.#length += this.#bytes.write(prometheusNumber(value), this.#length, "latin1");
  }

  #writeDigits(value: number): void {
    let end = this.#length + 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) | 0) end += 1;
    this.#length = end;
    let rest = value | 0;
    do {
      const tenth = (rest / 10) | 0;
      end -= 1;
      this.#bytes[end] = ZERO + rest - tenth * 10;
      rest = tenth;
    } while (rest > 0);
  }
}
