import { frameOpening } from "@sockscope/catalog/runtime";

/** How many ways to open a frame are remembered. A chat has a handful. */
const MAX_OPENINGS = 16;

interface Opening<Meaning> {
  /** Matches what opens so. A text cut out of a frame would keep the whole frame in memory. */
  readonly pattern: RegExp;
  /** The last character of the name, which openings mostly do not share. */
  readonly mark: number;
  readonly markAt: number;
  readonly meaning: Meaning;
}

/**
 * Finds what a frame means by the name that it gives itself. Frames of a kind open alike, so from the second on a frame is
 * only compared with the openings that were met: nothing is allocated, and of a frame no more is read than its opening.
 *
 * @param meaningOf of a name; `other` where a frame has none
 * @param unnamed is called for a text that has none
 */
export function createFrameReader<Meaning>(
  meaningOf: (name: string) => Meaning,
  unnamed: () => void,
): (frame: unknown) => Meaning {
  const openings: Opening<Meaning>[] = [];
  const other = meaningOf("other");

  /** Apart from the function that reads every frame: what a closure sees of that would be allocated for each. */
  function meet(frame: string): Meaning {
    const { name, text } = frameOpening(frame);
    if (name === "other" && !text) unnamed();
    const meaning = meaningOf(name);
    const markAt = text.length - 2;
    if (text && openings.length < MAX_OPENINGS)
      openings.push({
        pattern: new RegExp(`^${text.replace(/\W/g, "\\$&")}`),
        mark: text.charCodeAt(markAt),
        markAt,
        meaning,
      });
    return meaning;
  }

  return (frame) => {
    if (typeof frame !== "string") return other;
    for (let at = 0; at < openings.length; at++) {
      const { pattern, mark, markAt, meaning } = openings[at] as Opening<Meaning>;
      if (frame.charCodeAt(markAt) === mark && pattern.test(frame)) return meaning;
    }
    return meet(frame);
  };
}
