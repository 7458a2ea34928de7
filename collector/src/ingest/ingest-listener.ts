import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { CollectorState } from "../collector-state.ts";
import { acceptBatch } from "./accept-batch.ts";
import { answerCounted, answerRefused, crossOriginHeaders } from "./answer.ts";
import { answerClientError } from "./answer-client-error.ts";
import { checkBodyHeaders } from "./check-body-headers.ts";
import { checkSender } from "./check-sender.ts";
import type { IngestApp } from "./ingest-app.ts";
import { readBody } from "./read-body.ts";
import { RequestRefused } from "./request-refused.ts";
import { requestTarget } from "./request-target.ts";

/** How long a client may take; a slow one would hold its connection for as long as it likes. */
export interface IngestTimeouts {
  /** Until the headers have arrived. */
  readonly headersMs: number;
  /** Until the whole request has arrived. */
  readonly requestMs: number;
  /** How often connections are checked for it. */
  readonly checkMs: number;
}

/** See {@link https://en.wikipedia.org/wiki/Slowloris_(cyber_attack) | slowloris}. */
export const INGEST_TIMEOUTS: IngestTimeouts = { headersMs: 5000, requestMs: 10_000, checkMs: 1000 };

/** Room for a browser's headers and the cookies that a beacon to the same host brings along. */
const MAX_HEADER_BYTES = 8192;

/** What an {@link IngestListener} works with. */
export interface IngestListenerOptions {
  readonly apps: ReadonlyMap<string, IngestApp>;
  readonly state: CollectorState;
  readonly onFault: (fault: unknown) => void;
  /** Default {@link INGEST_TIMEOUTS}. */
  readonly timeouts?: IngestTimeouts;
}

/** The HTTP server that browsers reach. */
export class IngestListener {
  readonly server: Server;
  readonly #options: IngestListenerOptions;
  #draining = false;
  #inFlight = 0;
  #whenIdle: (() => void) | undefined;

  constructor(options: IngestListenerOptions) {
    const { headersMs, requestMs, checkMs } = options.timeouts ?? INGEST_TIMEOUTS;
    this.#options = options;
    this.server = createServer({
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Host plays no part here, and node would refuse its absence without telling us.
      requireHostHeader: false,
    })
      .on("request", (request, response) => void this.#serve(request, response))
      .on("checkExpectation", (request, response) => this.#refuseExpectation(request, response))
      .on("clientError", (error, socket) => this.#countClientError(error, socket as Socket));
  }

  /** From now on every batch is refused as draining. Resolves when the ones in flight are answered. */
  drain(): Promise<void> {
    this.#draining = true;
    return new Promise((resolve) => {
      this.#whenIdle = resolve;
      this.#resolveIfIdle();
    });
  }

  /** In flight until the answer is handed to the system, or the client went away. */
  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#inFlight += 1;
    await this.#answer(request, response);
    this.#inFlight -= 1;
    this.#resolveIfIdle();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = requestTarget(request.url ?? "");
    const app = this.#options.apps.get(target.app ?? "");
    const headers = crossOriginHeaders(app, request.headers.origin);
    try {
      const sender = checkSender(request, target, app);
      this.#checkNotDraining();
      checkBodyHeaders(request.headers);
      const body = await readBody(request);
      if (body === undefined) return;
      acceptBatch(this.#options.state, sender, body);
      answerCounted(response, headers);
    } catch (error) {
      const refused = error instanceof RequestRefused ? error : this.#internalFault(error);
      this.#options.state.counters.countRefusal(refused.code);
      answerRefused(response, headers, refused);
    }
  }

  /** After the sender's check, so that a page can read the answer and its Retry-After. */
  #checkNotDraining(): void {
    if (!this.#draining) return;
    throw new RequestRefused(
      "SOCKSCOPE_ERR_DRAINING",
      "the collector is shutting down; send the batch again later",
    );
  }

  #internalFault(fault: unknown): RequestRefused {
    this.#options.onFault(fault);
    return new RequestRefused(
      "SOCKSCOPE_ERR_INTERNAL",
      "a fault of the collector's own; send the batch again later",
    );
  }

  #refuseExpectation(request: IncomingMessage, response: ServerResponse): void {
    const expectation = request.headers.expect;
    this.#options.state.counters.countRefusal("SOCKSCOPE_ERR_HTTP");
    const message = `Expect is ${expectation}; send the request without it`;
    answerRefused(response, {}, new RequestRefused("SOCKSCOPE_ERR_HTTP", message));
  }

  #countClientError(error: Error, socket: Socket): void {
    const code = answerClientError(error, socket);
    if (code !== undefined) this.#options.state.counters.countRefusal(code);
  }

  #resolveIfIdle(): void {
    if (this.#inFlight === 0) this.#whenIdle?.();
  }
}
