import { frameOpening } from "@sockscope/catalog";
import type { FrameData } from "../connection/server-socket.ts";
import { KnownOpenings } from "./known-openings.ts";
import type { LiveCounter, Series } from "./live-counter.ts";
import type { Sample } from "./samples.ts";

/** Enough of a frame to tell what it is; the rest is not decoded a second time. */
const OPENING_CHARACTERS = 128;

const OTHER = "other";

const NO_BYTES = new Uint8Array();

/** A name that counts, and its series. */
interface NamedSeries {
  readonly name: string;
  readonly series: Series;
}

/** Counts frames of one direction by event. */
export class FrameCounter {
  readonly #counter: LiveCounter<{ event: string }>;
  readonly #openings = new KnownOpenings<NamedSeries>();
  /** By the names that count; a name that does not is in none. */
  readonly #byName: ReadonlyMap<string, NamedSeries>;
  readonly #other: NamedSeries;

  /** @param events the names that count by themselves */
  constructor(counter: LiveCounter<{ event: string }>, events: readonly string[]) {
    const named = (name: string): NamedSeries => ({
      name,
      series: counter.series({ event: name }) ?? { labels: {}, value: 0 },
    });
    this.#counter = counter;
    this.#byName = new Map(events.map((event) => [event, named(event)]));
    this.#other = named(OTHER);
  }

  /** Counts a frame under a name that the application gave it. Returns the name that it counts under. */
  named(name: string): string {
    return counted(this.#byName.get(name) ?? this.#other);
  }

  /** Counts a frame by how its text begins; bytes that are no text are `other`. Returns the name that it counts under. */
  byOpening(data: FrameData, isBinary: boolean): string {
    if (isBinary) return counted(this.#other);
    if (typeof data === "string") return counted(this.#openings.ofText(data) ?? this.#met(data));
    const bytes = bytesOf(data);
    const known = this.#openings.ofBytes(bytes);
    if (known !== undefined) return counted(known);
    // As latin1: what names a frame is ASCII.
    return counted(this.#met(Buffer.from(bytes.subarray(0, OPENING_CHARACTERS)).toString("latin1")));
  }

  samples(): Sample[] {
    return this.#counter.samples();
  }

  /** Reads how a frame begins. Only openings of names that count are remembered: peers make up others without end. */
  #met(frame: string): NamedSeries {
    const { name, text } = frameOpening(frame);
    const known = this.#byName.get(name);
    if (known !== undefined && text !== "") this.#openings.remember(text, known);
    return known ?? this.#other;
  }
}

function counted({ name, series }: NamedSeries): string {
  series.value += 1;
  return name;
}

function bytesOf(data: Exclude<FrameData, string>): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  // What else ws takes for a frame, such as a number or a blob, names none.
  return Array.isArray(data) ? Buffer.concat(data, OPENING_CHARACTERS) : NO_BYTES;
}
