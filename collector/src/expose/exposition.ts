import type { Registry } from "../registry/registry.ts";
import { LineWriter } from "./line-writer.ts";
import { type PreparedLines, prepareLines } from "./prepared-lines.ts";

/**
 * The media type of {@link Exposition.render}.
 *
 * See {@link https://prometheus.io/docs/instrumenting/exposition_formats/#basic-info | the text format}.
 */
export const EXPOSITION_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

interface ExposedFamily {
  readonly firstSlot: number;
  readonly combinations: number;
  /** 0 for a counter or gauge. */
  readonly bucketsPerCombination: number;
}

/** Renders a registry in Prometheus' text format. Everything but the numbers is made once, at start. */
export class Exposition {
  readonly #values: Float64Array;
  readonly #families: readonly ExposedFamily[];
  readonly #lines: PreparedLines;

  constructor({ values, families }: Registry) {
    this.#values = values;
    this.#families = families.map(({ metric, firstSlot, combinations }) => ({
      firstSlot,
      combinations,
      bucketsPerCombination: "buckets" in metric ? metric.buckets.bounds.length + 1 : 0,
    }));
    this.#lines = prepareLines(families);
  }

  /** The bytes that the prepared texts take. */
  get bytes(): number {
    return this.#lines.bytes;
  }

  /** All series with their values at this moment, as UTF-8. */
  render(): Buffer {
    const lines = new LineWriter(this.#lines);
    for (const family of this.#families) {
      if (family.bucketsPerCombination === 0) this.#renderPlain(family, lines);
      else this.#renderHistograms(family, lines);
    }
    return lines.written;
  }

  #renderPlain({ firstSlot, combinations }: ExposedFamily, lines: LineWriter): void {
    for (let slot = firstSlot; slot < firstSlot + combinations; slot += 1) lines.write(this.#value(slot));
  }

  #renderHistograms(family: ExposedFamily, lines: LineWriter): void {
    let slot = family.firstSlot;
    for (let combination = 0; combination < family.combinations; combination += 1) {
      let observations = 0;
      for (let bucket = 0; bucket < family.bucketsPerCombination; bucket += 1, slot += 1) {
        observations += this.#value(slot);
        lines.write(observations);
      }
      lines.write(this.#value(slot));
      lines.write(observations);
      slot += 1;
    }
  }

  #value(slot: number): number {
    return this.#values[slot] ?? 0;
  }
}
