import { request } from "node:http";
import { BATCH_HEADERS, batchText, pathOf } from "./batches.test-support.ts";

/** A batch whose body has not been sent to its end. */
export interface SlowBatch {
  /** Resolves when the collector has the headers and waits for the body. */
  readonly arrived: Promise<void>;
  /** The status of the answer. */
  readonly status: Promise<number | undefined>;
  /** Sends the rest of the body. */
  readonly finish: () => void;
  /** Goes away instead. */
  readonly abort: () => void;
}

/** Begins a batch. `Expect: 100-continue` makes the collector say when it has seen the headers. */
export function startSlowBatch(ingestUrl: string): SlowBatch {
  const body = batchText(1);
  const half = body.length / 2;
  const headers = { ...BATCH_HEADERS, "content-length": body.length, expect: "100-continue" };
  const sent = request(new URL(pathOf(), ingestUrl), { method: "POST", headers, agent: false });
  const status = new Promise<number | undefined>((resolve) => {
    sent.on("response", (response) => resolve(response.resume().statusCode));
    sent.on("error", () => resolve(undefined));
  });
  const arrived = new Promise<void>((resolve) => {
    sent.on("continue", () => sent.write(body.slice(0, half), () => resolve()));
  });
  sent.flushHeaders();
  return { arrived, status, finish: () => sent.end(body.slice(half)), abort: () => sent.destroy() };
}
