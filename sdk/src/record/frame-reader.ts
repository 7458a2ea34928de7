import { frameOpening } from "@sockscope/catalog/runtime";

/** How many ways to open a frame are remembered. A chat has a handful. */
const MAX_OPENINGS = 16;

interface Opening<Meaning> {
  /** Its characters; a text cut out of a frame would keep the whole frame in memory. */
  readonly codes: readonly number[];
  readonly meaning: Meaning;
}

/**
 * Finds what a frame means by the name that it gives itself. Frames of a kind open alike, so from the second on a frame is
 * only compared with the openings that were met: nothing is allocated, and of a frame no more is read than its opening.
 *
 * @param meaningOf of a name; `other` where a frame has none
 */
export function createFrameReader<Meaning>(
  meaningOf: (name: string) => Meaning,
): (frame: unknown) => Meaning {
  const openings: Opening<Meaning>[] = [];
  const unnamed = meaningOf("other");
  return (frame) => {
    if (typeof frame !== "string") return unnamed;
    for (let at = 0; at < openings.length; at++) {
      const { codes, meaning } = openings[at] as Opening<Meaning>;
      if (opensWith(frame, codes)) return meaning;
    }
    const { name, text } = frameOpening(frame);
    const meaning = meaningOf(name);
    if (text && openings.length < MAX_OPENINGS)
      openings.push({ codes: Array.from(text, (_, at) => text.charCodeAt(at)), meaning });
    return meaning;
  };
}

/** From the end, where openings differ soonest. */
function opensWith(frame: string, codes: readonly number[]): boolean {
  for (let at = codes.length; at-- > 0; ) if (frame.charCodeAt(at) !== codes[at]) return false;
  return true;
}
