/** An answer of up to so many characters comes at once: streaming it would only be more frames. */
const SHORT_CHARACTERS = 100;

/** A few words each: as much as somebody reads before the next piece is there. */
const PIECE = /(?:\S+\s*){1,4}/g;

/** The pieces of a whole answer, in their order; none of a short one. */
export function piecesOf(answer: string): readonly string[] {
  return answer.length <= SHORT_CHARACTERS ? [] : (answer.match(PIECE) ?? []);
}

/** What a page has of an answer after so many pieces. */
export function textSoFar(answer: string, nextIndex: number): string {
  return piecesOf(answer).slice(0, nextIndex).join("");
}
