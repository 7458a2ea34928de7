import { Store } from "../parts/store.ts";

/** Something that the SDK recorded, or a batch that it sent. */
export interface Measurement {
  /** Counts the page's measurements; stable as a React key. */
  readonly id: number;
  readonly at: Date;
  readonly title: string;
  /** The metric that it went into, or what was in the batch. */
  readonly detail: string;
  readonly tone: Tone;
}

/** `good` and `bad` are verdicts; `neutral` is just news. */
export type Tone = "good" | "bad" | "neutral";

/** What the panel shows. */
export interface MeasurementsState {
  /** The latest first. */
  readonly events: readonly Measurement[];
  /** The latest first. */
  readonly batches: readonly Measurement[];
  readonly connectMs: number | undefined;
  readonly framesSent: number;
  readonly framesReceived: number;
  readonly batchesCounted: number;
}

const EVENTS_KEPT = 30;
const BATCHES_KEPT = 12;

/** The last measurements of this page. */
export class Measurements extends Store<MeasurementsState> {
  #lastId = 0;

  constructor() {
    super({
      events: [],
      batches: [],
      connectMs: undefined,
      framesSent: 0,
      framesReceived: 0,
      batchesCounted: 0,
    });
  }

  /**
   * Adds an event, and what it changes in the totals.
   *
   * @returns the event's id
   */
  addEvent(title: string, detail: string, tone: Tone, totals: Partial<MeasurementsState> = {}): number {
    const state = this.snapshot();
    const event = this.#measurement(title, detail, tone);
    this.set({ ...state, ...totals, events: [event, ...state.events].slice(0, EVENTS_KEPT) });
    return event.id;
  }

  /** Says of an event what has become of it. Does nothing to one that is no longer kept. */
  changeEvent(id: number, title: string, tone: Tone): void {
    const state = this.snapshot();
    const events = state.events.map((event) => (event.id === id ? { ...event, title, tone } : event));
    this.set({ ...state, events });
  }

  /** How long the latest connection took to open, in ms. */
  connectedAfter(connectMs: number): void {
    this.set({ ...this.snapshot(), connectMs });
  }

  /** Adds a batch and what became of it. */
  addBatch(title: string, detail: string, tone: Tone): void {
    const state = this.snapshot();
    const batches = [this.#measurement(title, detail, tone), ...state.batches].slice(0, BATCHES_KEPT);
    const batchesCounted = state.batchesCounted + (tone === "good" ? 1 : 0);
    this.set({ ...state, batches, batchesCounted });
  }

  #measurement(title: string, detail: string, tone: Tone): Measurement {
    this.#lastId += 1;
    return { id: this.#lastId, at: new Date(), title, detail, tone };
  }
}
