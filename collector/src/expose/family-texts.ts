import type { Family } from "../registry/family.ts";
import type { FamilyShape } from "../registry/family-shape.ts";
import { familyHeader, lineHeads, lineTails, seriesKinds } from "./line-texts.ts";
import { type PreparedTexts, prepareTexts } from "./prepared-texts.ts";

/** What is the same in every block of a family: the comments above it, and how its lines go on after their heads. */
export interface ShapeTexts {
  readonly header: PreparedTexts;
  readonly tails: PreparedTexts;
}

/** The texts of a family's lines: each is a head of its block, and the tail that has its place in the block. */
export interface FamilyTexts extends ShapeTexts {
  readonly family: Family;
  /** Of one block after the other, as many each as there are kinds of series. */
  readonly heads: PreparedTexts;
}

/** The texts of everything that does not depend on apps and releases. */
export function shapeTexts(shape: FamilyShape): ShapeTexts {
  return { header: prepareTexts([familyHeader(shape)]), tails: prepareTexts(lineTails(shape)) };
}

/** The texts of a family. */
export function familyTexts(family: Family, ofShape: ShapeTexts): FamilyTexts {
  const heads = family.blocks.flatMap(({ labels }) => lineHeads(family.shape, labels));
  return { family, heads: prepareTexts(heads), ...ofShape };
}

/** How many bytes a family's lines have, values aside. */
export function lengthOfLines({ family: { shape, blocks }, header, tails, heads }: FamilyTexts): number {
  const { metric, combinations, seriesPerCombination } = shape;
  const kinds = seriesKinds(metric).length;
  // The first kind has every line but one of each of the others.
  const headsOfCombination = heads.texts.reduce(
    (length, head, place) =>
      length + head.length * (place % kinds === 0 ? seriesPerCombination - kinds + 1 : 1),
    0,
  );
  return header.length + tails.length * blocks.length + headsOfCombination * combinations.length;
}
