import type { Registry } from "../registry/registry.ts";
import { familyHeader, linePrefixes } from "./line-prefixes.ts";
import { prometheusNumber } from "./prometheus-number.ts";

/**
 * The media type of {@link Exposition.render}.
 *
 * See {@link https://prometheus.io/docs/instrumenting/exposition_formats/#basic-info | the text format}.
 */
export const EXPOSITION_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

interface ExposedFamily {
  readonly header: string;
  readonly prefixes: readonly string[];
  readonly firstSlot: number;
  /** 0 for a counter or gauge. */
  readonly bucketsPerCombination: number;
}

/** Renders a registry in Prometheus' text format. Everything but the numbers is made once, at start. */
export class Exposition {
  readonly #values: Float64Array;
  readonly #families: readonly ExposedFamily[];

  constructor(registry: Registry) {
    this.#values = registry.values;
    this.#families = registry.families.map((family) => ({
      header: familyHeader(family),
      prefixes: linePrefixes(family),
      firstSlot: family.firstSlot,
      bucketsPerCombination: "buckets" in family.metric ? family.metric.buckets.bounds.length + 1 : 0,
    }));
  }

  /** The bytes that the prepared texts take, one a character. */
  get bytes(): number {
    return this.#families.reduce(
      (bytes, { header, prefixes }) =>
        prefixes.reduce((sum, { length }) => sum + length, bytes + header.length),
      0,
    );
  }

  /** All series with their values at this moment. */
  render(): string {
    let text = "";
    for (const family of this.#families) {
      text += family.header;
      text += family.bucketsPerCombination === 0 ? this.#renderPlain(family) : this.#renderHistograms(family);
    }
    return text;
  }

  #renderPlain({ prefixes, firstSlot }: ExposedFamily): string {
    let text = "";
    let slot = firstSlot;
    for (const prefix of prefixes) {
      text += `${prefix}${this.#number(slot)}\n`;
      slot += 1;
    }
    return text;
  }

  #renderHistograms({ prefixes, firstSlot, bucketsPerCombination }: ExposedFamily): string {
    let text = "";
    let slot = firstSlot;
    for (let line = 0; line < prefixes.length; ) {
      let observations = 0;
      for (let bucket = 0; bucket < bucketsPerCombination; bucket += 1, line += 1, slot += 1) {
        observations += this.#values[slot] ?? 0;
        text += `${prefixes[line]}${prometheusNumber(observations)}\n`;
      }
      text += `${prefixes[line]}${this.#number(slot)}\n${prefixes[line + 1]}${prometheusNumber(observations)}\n`;
      line += 2;
      slot += 1;
    }
    return text;
  }

  #number(slot: number): string {
    return prometheusNumber(this.#values[slot] ?? 0);
  }
}
