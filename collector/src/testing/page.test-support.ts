import type { Batch, CounterDelta, HistogramDelta } from "@sockscope/catalog/protocol";
import { BATCH_HEADERS, pathOf, sessionNumber } from "./batches.test-support.ts";
import { type Answer, send } from "./send.test-support.ts";

/** What a test's batch carries besides its number. */
export interface Carried {
  readonly counters?: readonly CounterDelta[];
  readonly histograms?: readonly HistogramDelta[];
  readonly leaving?: true;
  readonly closed_ms_ago?: number;
}

/** A page of the app of `CHAT` that sends whatever it is told to. */
export class TestPage {
  readonly #ingestUrl: string;
  readonly #session: string;

  /** @param number makes the session, so that two pages have two */
  constructor(ingestUrl: string, number: number) {
    this.#ingestUrl = ingestUrl;
    this.#session = sessionNumber(number);
  }

  /** Sends one batch under this number. */
  send(seq: number, carried: Carried = {}): Promise<Answer> {
    const batch: Batch = { version: 1, seq, closed_ms_ago: 0, counters: [], histograms: [], ...carried };
    return send(this.#ingestUrl, {
      path: pathOf(this.#session),
      headers: BATCH_HEADERS,
      body: JSON.stringify(batch),
    });
  }
}
