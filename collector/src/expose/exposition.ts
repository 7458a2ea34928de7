import { bucketCount } from "@sockscope/catalog";
import { existing } from "../existing.ts";
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
    this.#families = families.map(({ metric, combinations }) => ({
      combinations: combinations.length,
      bucketsPerCombination: "layout" in metric ? bucketCount(metric.layout) : 0,
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
    // Slots are allotted in the order in which families are exposed, without holes.
    let slot = 0;
    for (const family of this.#families) {
      if (family.bucketsPerCombination === 0) slot = this.#renderPlain(family, slot, lines);
      else slot = this.#renderHistograms(family, slot, lines);
    }
    return lines.written;
  }

  /** Returns the slot after the family's last. */
  #renderPlain({ combinations }: ExposedFamily, firstSlot: number, lines: LineWriter): number {
    const end = firstSlot + combinations;
    for (let slot = firstSlot; slot < end; slot += 1) lines.write(existing(this.#values[slot], slot));
    return end;
  }

  #renderHistograms(family: ExposedFamily, firstSlot: number, lines: LineWriter): number {
    let slot = firstSlot;
    for (let combination = 0; combination < family.combinations; combination += 1) {
      let observations = 0;
      for (let bucket = 0; bucket < family.bucketsPerCombination; bucket += 1, slot += 1) {
        observations += existing(this.#values[slot], slot);
        lines.write(observations);
      }
      lines.write(existing(this.#values[slot], slot));
      lines.write(observations);
      slot += 1;
    }
    return slot;
  }
}
