import { BATCH_HEADERS, batchText, type Carried, pathOf, sessionNumber } from "./batches.test-support.ts";
import { type Answer, send } from "./send.test-support.ts";

/** A page of the app of `CHAT` that sends whatever it is told to. */
export class TestPage {
  readonly #ingestUrl: string;
  readonly #session: string;

  /** @param number makes the session, so that two pages have two */
  constructor(ingestUrl: string, number: number) {
    this.#ingestUrl = ingestUrl;
    this.#session = sessionNumber(number);
  }

  /** Sends one batch under this number; empty unless it carries something. */
  send(seq: number, carried: Carried = {}): Promise<Answer> {
    return send(this.#ingestUrl, {
      path: pathOf(this.#session),
      headers: BATCH_HEADERS,
      body: batchText(seq, { lines: [], ...carried }),
    });
  }
}
