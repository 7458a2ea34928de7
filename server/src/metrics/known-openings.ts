/** As many ways to begin a frame are remembered. A chat has a handful; whoever makes up more only has his own frames read slower. */
const MOST_OPENINGS = 32;

/** How frames of one kind begin. */
interface Opening<Meaning> {
  /** Matches what opens so. A text cut out of a frame would keep the whole frame in memory. */
  readonly pattern: RegExp;
  readonly bytes: Uint8Array;
  /** The last character of the name, which openings mostly do not share. */
  readonly mark: number;
  readonly markAt: number;
  readonly meaning: Meaning;
}

/** Remembers how frames begin, and what those mean that begin so: most frames are told by comparing a few bytes. */
export class KnownOpenings<Meaning> {
  readonly #openings: Opening<Meaning>[] = [];

  /** Remembers an opening of plain ASCII, unless there are too many; one of other characters is not remembered. */
  remember(text: string, meaning: Meaning): void {
    const bytes = Buffer.from(text, "latin1");
    const isAscii = bytes.every((byte) => byte < 0x80) && bytes.toString("latin1") === text;
    if (!isAscii || bytes.length < 2 || this.#openings.length >= MOST_OPENINGS) return;
    const markAt = bytes.length - 2;
    this.#openings.push({
      pattern: new RegExp(`^${text.replace(/\W/g, "\\$&")}`),
      bytes,
      mark: bytes[markAt] ?? 0,
      markAt,
      meaning,
    });
  }

  ofText(frame: string): Meaning | undefined {
    for (let at = 0; at < this.#openings.length; at++) {
      const { pattern, mark, markAt, meaning } = this.#openings[at] as Opening<Meaning>;
      if (frame.charCodeAt(markAt) === mark && pattern.test(frame)) return meaning;
    }
    return undefined;
  }

  ofBytes(frame: Uint8Array): Meaning | undefined {
    for (let at = 0; at < this.#openings.length; at++) {
      const { bytes, mark, markAt, meaning } = this.#openings[at] as Opening<Meaning>;
      if (frame[markAt] === mark && beginsWith(frame, bytes)) return meaning;
    }
    return undefined;
  }
}

/** In plain steps: over so few bytes they are faster than a call into the engine. */
function beginsWith(frame: Uint8Array, opening: Uint8Array): boolean {
  for (let at = 0; at < opening.length; at++) if (frame[at] !== opening[at]) return false;
  return true;
}
