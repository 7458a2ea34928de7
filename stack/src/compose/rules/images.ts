import { type ComposeRule, ofServices } from "../compose-file.ts";

/** A version with three parts, and perhaps what it is built on. */
const EXACT_TAG = /:v?\d+\.\d+\.\d+(?:-[a-z0-9.-]+)?$/;
const FROM = /^FROM (?<image>\S+)(?: AS (?<stage>\S+))?$/gim;

/** An image's name means the same bytes next year. */
export const imagesArePinned: ComposeRule = ofServices(({ image, build }, name, { read }) => {
  const based = build === undefined ? [] : basesOf(read(build.dockerfile) ?? "");
  const used = [...(image === undefined ? [] : [image]), ...based];
  if (used.length === 0) return [`${name} has neither image nor build; name one.`];
  return used
    .filter((candidate) => !EXACT_TAG.test(candidate))
    .map(
      (loose) => `${name} uses ${loose}; name its exact version, as in ${loose.replace(/:.*$/, "")}:1.2.3.`,
    );
});

/** The images that a Dockerfile builds on, without its own stages. */
function basesOf(dockerfile: string): string[] {
  const froms = [...dockerfile.matchAll(FROM)].map(({ groups }) => groups ?? {});
  const stages = new Set(froms.map(({ stage }) => stage));
  return froms.flatMap(({ image = "" }) => (stages.has(image) ? [] : [image]));
}
