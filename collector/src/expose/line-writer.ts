import { existing } from "../existing.ts";
import { prometheusNumber } from "./prometheus-number.ts";

/** The longest number from 0 up that JavaScript writes is `1.2345678901234567e-100`; a line feed follows. */
const LONGEST_VALUE = 25;

/** Below it, digits are taken off in 32-bit arithmetic. */
const FEW_DIGITS = 1_000_000_000;

const ZERO = 48;
const LINE_FEED = 10;

/**
 * Writes lines, one after the other. Straight into bytes: as text, an exposition of many series would be made of as many
 * pieces, flattened, and then encoded.
 */
export class LineWriter {
  readonly #bytes: Buffer;
  #length = 0;

  /** @param length how many bytes all texts have, values aside */
  constructor(lines: number, length: number) {
    this.#bytes = Buffer.allocUnsafe(length + lines * LONGEST_VALUE);
  }

  /**
   * Comments, with their line feeds.
   *
   * @throws RangeError where there is nothing: a fault of the caller's own
   */
  writeText(text: Uint8Array | undefined): void {
    if (text === undefined) throw new RangeError("there is no text to write");
    this.#bytes.set(text, this.#length);
    this.#length += text.length;
  }

  /**
   * A line, which begins with its block's head.
   *
   * @throws RangeError where a text or the value is not there: a fault of the caller's own
   */
  writeLine(head: Uint8Array | undefined, tail: Uint8Array | undefined, value: number | undefined): void {
    this.writeText(head);
    this.writeText(tail);
    this.#writeNumber(existing(value, this.#length));
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
