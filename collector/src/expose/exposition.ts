import { bucketCount } from "@sockscope/catalog";
import { existing } from "../existing.ts";
import type { Family } from "../registry/family.ts";
import type { FamilyShape } from "../registry/family-shape.ts";
import type { Registry } from "../registry/registry.ts";
import { type FamilyTexts, familyTexts, lengthOfLines, type ShapeTexts, shapeTexts } from "./family-texts.ts";
import { seriesKinds } from "./line-texts.ts";
import { LineWriter } from "./line-writer.ts";

/**
 * The media type of {@link Exposition.render}.
 *
 * See {@link https://prometheus.io/docs/instrumenting/exposition_formats/#basic-info | the text format}.
 */
export const EXPOSITION_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Renders a registry in Prometheus' text format. Everything but the numbers is made once, at start. */
export class Exposition {
  readonly #registry: Registry;
  readonly #ofShapes: ReadonlyMap<FamilyShape, ShapeTexts>;
  readonly #families: readonly FamilyTexts[];
  readonly #length: number;

  /** @param before the exposition of the registry from which this one was made: what does not depend on releases is the same */
  constructor(registry: Registry, before?: Exposition) {
    this.#registry = registry;
    const ofShapes = new Map(before === undefined ? [] : before.#ofShapes);
    this.#families = registry.families.map((family) => {
      const texts = ofShapes.get(family.shape) ?? shapeTexts(family.shape);
      ofShapes.set(family.shape, texts);
      return familyTexts(family, texts);
    });
    this.#ofShapes = ofShapes;
    this.#length = this.#families.reduce((length, family) => length + lengthOfLines(family), 0);
  }

  /** The bytes that the prepared texts take. */
  get bytes(): number {
    const prepared = this.#families.flatMap(({ header, tails, heads }) => [header, tails, heads]);
    return prepared.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** All series with their values at this moment, as UTF-8. */
  render(): Buffer {
    const lines = new LineWriter(this.#registry.series, this.#length);
    for (const texts of this.#families) {
      lines.writeText(texts.header.texts[0]);
      const isHistogram = "layout" in texts.family.metric;
      for (let block = 0; block < texts.family.blocks.length; block += 1) {
        if (isHistogram) this.#writeHistograms(texts, block, lines);
        else this.#writePlain(texts, block, lines);
      }
    }
    return lines.written;
  }

  #writePlain({ family, tails, heads }: FamilyTexts, block: number, lines: LineWriter): void {
    const { values } = this.#registry;
    const head = heads.texts[block];
    let slot = firstSlotOf(family, block);
    for (const tail of tails.texts) {
      lines.writeLine(head, tail, values[slot]);
      slot += 1;
    }
  }

  #writeHistograms({ family, tails, heads }: FamilyTexts, block: number, lines: LineWriter): void {
    const { values } = this.#registry;
    const { metric, combinations } = family.shape;
    const kinds = seriesKinds(metric).length;
    const [bucketHead, sumHead, countHead] = heads.texts.slice(block * kinds, (block + 1) * kinds);
    const buckets = "layout" in metric ? bucketCount(metric.layout) : 0;
    let slot = firstSlotOf(family, block);
    let line = 0;
    for (let combination = 0; combination < combinations.length; combination += 1) {
      let observations = 0;
      for (let bucket = 0; bucket < buckets; bucket += 1, slot += 1, line += 1) {
        observations += existing(values[slot], slot);
        lines.writeLine(bucketHead, tails.texts[line], observations);
      }
      lines.writeLine(sumHead, tails.texts[line], values[slot]);
      lines.writeLine(countHead, tails.texts[line + 1], observations);
      slot += 1;
      line += 2;
    }
  }
}

function firstSlotOf({ blocks }: Family, block: number): number {
  return existing(blocks[block]?.firstSlot, block);
}
