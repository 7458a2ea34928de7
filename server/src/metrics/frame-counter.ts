import { frameOpening } from "@sockscope/catalog";
import type { FrameData } from "../connection/server-socket.ts";
import type { LiveCounter, Series } from "./live-counter.ts";

/** Enough of a frame to tell what it is; the rest is not decoded a second time. */
const OPENING_CHARACTERS = 128;

/** As many ways to begin a frame as are remembered; a peer that makes up more costs only its own frames' time. */
const MOST_OPENINGS = 32;

const OTHER = "other";

/** Counts frames of one direction by event, and remembers how events that have a series begin. */
export class FrameCounter {
  readonly #counter: LiveCounter<{ event: string }>;
  readonly #openings: { readonly text: string; readonly series: Series }[] = [];
  /** By the names that count; a name that does not is in none. */
  readonly #byName: ReadonlyMap<string, Series>;
  readonly #other: Series;

  /** @param events the names that count by themselves */
  constructor(counter: LiveCounter<{ event: string }>, events: readonly string[]) {
    const seriesOf = (event: string): Series => counter.series({ event }) ?? { labels: {}, value: 0 };
    this.#counter = counter;
    this.#byName = new Map(events.map((event) => [event, seriesOf(event)]));
    this.#other = seriesOf(OTHER);
  }

  /** Counts a frame under a name that the application gave it. Returns the name that it counts under. */
  named(name: string): string {
    return counted(this.#byName.get(name) ?? this.#other);
  }

  /** Counts a frame by how its text begins; bytes that are no text are `other`. Returns the name that it counts under. */
  byOpening(data: FrameData, isBinary: boolean): string {
    if (isBinary) return counted(this.#other);
    const text = typeof data === "string" ? data : openingText(data);
    for (const opening of this.#openings) if (text.startsWith(opening.text)) return counted(opening.series);
    return counted(this.#learned(text));
  }

  samples(): ReturnType<LiveCounter<{ event: string }>["samples"]> {
    return this.#counter.samples();
  }

  #learned(text: string): Series {
    const opening = frameOpening(text);
    const series = this.#byName.get(opening.name);
    if (series === undefined) return this.#other;
    if (opening.text !== "" && this.#openings.length < MOST_OPENINGS)
      this.#openings.push({ text: opening.text, series });
    return series;
  }
}

function counted(series: Series): string {
  series.value += 1;
  return series.labels["event"] ?? OTHER;
}

/** How a text frame begins. As latin1: what names a frame is ASCII. */
function openingText(data: Exclude<FrameData, string>): string {
  if (Buffer.isBuffer(data)) return data.toString("latin1", 0, OPENING_CHARACTERS);
  if (data instanceof ArrayBuffer) return openingText(Buffer.from(data));
  if (ArrayBuffer.isView(data))
    return openingText(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  // What else ws takes for a frame, such as a number or a blob, names none.
  return Array.isArray(data) ? openingText(Buffer.concat(data, OPENING_CHARACTERS)) : "";
}
