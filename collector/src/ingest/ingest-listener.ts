import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { REQUESTED_APP } from "@sockscope/catalog";
import type { CollectorState } from "../collector-state.ts";
import { acceptBatch } from "./accept-batch.ts";
import { answerCounted, answerRefused, type PendingRequest } from "./answer.ts";
import { answerOnSocket } from "./answer-on-socket.ts";
import { checkBodyHeaders } from "./check-body-headers.ts";
import { checkSender, methodRefused, type Sender } from "./check-sender.ts";
import { refusalOfClientError, wentAway } from "./client-error.ts";
import type { IngestApp } from "./ingest-app.ts";
import { INGEST_LIMITS, type IngestLimits } from "./ingest-limits.ts";
import { createIngestServer } from "./ingest-server.ts";
import { readBody } from "./read-body.ts";
import { RequestRefused } from "./request-refused.ts";
import { type RequestTarget, requestTarget } from "./request-target.ts";

/** What an {@link IngestListener} works with. */
export interface IngestListenerOptions {
  readonly apps: ReadonlyMap<string, IngestApp>;
  readonly state: CollectorState;
  readonly onFault: (fault: unknown) => void;
  /** Default {@link INGEST_LIMITS}. */
  readonly limits?: IngestLimits;
}

/** The HTTP server that browsers reach. */
export class IngestListener {
  readonly server: Server;
  readonly #options: IngestListenerOptions;
  readonly #limits: IngestLimits;
  /** The request under way on a socket: its answer, or what is still to be discarded after it. */
  readonly #pending = new WeakMap<Socket, PendingRequest>();
  #draining = false;
  #inFlight = 0;
  #whenIdle: (() => void) | undefined;

  constructor(options: IngestListenerOptions) {
    this.#options = options;
    this.#limits = options.limits ?? INGEST_LIMITS;
    const serve = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#serve(request, response);
    this.server = createIngestServer(this.#limits)
      .on("request", serve)
      // Node answers expectations before anyone has looked at the request, unless it is told not to.
      .on("checkContinue", serve)
      .on("checkExpectation", serve)
      .on("connect", (_request, socket) => this.#refuseConnect(socket as Socket))
      .on("clientError", (error, socket) => this.#answerClientError(error, socket as Socket));
  }

  /** From now on every batch is refused as draining. Resolves when the ones in flight are answered. */
  drain(): Promise<void> {
    this.#draining = true;
    return new Promise((resolve) => {
      this.#whenIdle = resolve;
      this.#resolveIfIdle();
    });
  }

  /** In flight until the answer is handed to the system and the body is read or discarded, or the client went away. */
  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = requestTarget(request.url ?? "");
    const app = this.#options.apps.get(target.app ?? "");
    const crossOrigin = app?.origins.get(request.headers.origin ?? "");
    const pending = { request, response, app, crossOrigin };
    this.#inFlight += 1;
    this.#pending.set(request.socket, pending);
    await this.#answer(pending, target);
    this.#forget(pending);
    this.#inFlight -= 1;
    this.#resolveIfIdle();
  }

  async #answer(pending: PendingRequest, target: RequestTarget): Promise<void> {
    const { request, response, app } = pending;
    try {
      const sender = checkSender(request, target, app);
      this.#checkNotDraining();
      checkBodyHeaders(request.headers);
      // HTTP/1.0 knows no such answer.
      if (request.headers.expect !== undefined && request.httpVersion !== "1.0") response.writeContinue();
      const body = await readBody(request);
      if (body !== undefined) this.#accept(pending, sender, body);
    } catch (error) {
      this.#refuse(pending, error instanceof RequestRefused ? error : this.#internalFault(error));
    }
  }

  /** Unless the rest of its body is still to be discarded, or the next request on the socket has begun. */
  #forget(pending: PendingRequest): void {
    const { socket } = pending.request;
    if (pending.response.writableEnded && this.#pending.get(socket) === pending) {
      this.#pending.delete(socket);
    }
  }

  /** A body may be complete just after it was refused for coming too late. */
  #accept(pending: PendingRequest, sender: Sender, body: string): void {
    if (pending.response.headersSent) return;
    acceptBatch(this.#options.state, sender, body);
    answerCounted(pending);
  }

  /** Once: a request whose time has run out may turn out to be too long as well. */
  #refuse(pending: PendingRequest, refused: RequestRefused): void {
    if (pending.response.headersSent) return;
    this.#count(refused, pending.app);
    answerRefused(pending, refused, this.#limits.discardMs);
  }

  #count(refused: RequestRefused, app: IngestApp | undefined): void {
    const name = app?.name ?? REQUESTED_APP.other;
    this.#options.state.series.counters.countRefusal(name, refused.code);
    this.#options.state.refusals.note(name, refused);
  }

  /** After the sender's check: a batch that would be refused in any case is not told to come back. */
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

  /** Node leaves a tunnel's socket to us, and closes it without an answer when nobody takes it. */
  #refuseConnect(socket: Socket): void {
    // Whoever asks for a tunnel may go away before the answer; without a listener that would end the process.
    socket.on("error", () => socket.destroy());
    this.#refuseOnSocket(socket, methodRefused("CONNECT"));
  }

  /** What is at fault: the body of the request under way, or else something of which nothing is known. */
  #answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
    const pending = this.#pending.get(socket);
    if (pending?.response.headersSent) return;
    // Then it follows a whole request, whose answer is on its way and must not get lost.
    if (pending?.request.complete) pending.response.setHeader("Connection", "close");
    else if (wentAway(error, socket)) socket.destroy();
    else if (pending !== undefined) this.#refuse(pending, refusalOfClientError(error));
    else if (socket.writable) this.#refuseOnSocket(socket, refusalOfClientError(error));
  }

  #refuseOnSocket(socket: Socket, refused: RequestRefused): void {
    this.#count(refused, undefined);
    answerOnSocket(socket, refused, this.#limits.discardMs);
  }

  #resolveIfIdle(): void {
    if (this.#inFlight === 0) this.#whenIdle?.();
  }
}
