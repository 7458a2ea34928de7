import { randomUUID } from "node:crypto";
import type { Catalog, FrameRefusal, RehydrationOutcome, SendError } from "@sockscope/catalog";
import type { Clock } from "../clock.ts";
import type { OpenConnection } from "../metrics/open-connections.ts";
import type { ServerMetrics } from "../metrics/server-metrics.ts";
import {
  type CloseCause,
  chosenCause,
  finalCause,
  hasAdvice,
  LOST,
  protocolCause,
  protocolErrorCause,
  rawCause,
  terminationCause,
} from "./close-cause.ts";
import { closeText } from "./close-text.ts";
import type { ConnectionLogLine, TroubleEvent } from "./connection-log.ts";
import type { CloseWithOptions, ConnectionOptions, SendOptions } from "./connection-options.ts";
import { Rehydration } from "./rehydration.ts";
import type { FrameData, ServerSocket } from "./server-socket.ts";

/** What a connection reports to; all of a server have the same. */
export interface ConnectionEnvironment {
  readonly metrics: ServerMetrics;
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** Must not throw. */
  readonly log: (line: ConnectionLogLine) => void;
  /** Is called once, when the connection is over. */
  readonly onOver: (connection: Connection) => void;
}

/** The frames by which a connection's rehydration is known. */
const HELLO = "client_hello";
const REHYDRATION = "rehydration";

/**
 * One open period of one socket, measured from its acceptance to its close. The application acts through it: `send`, `close`,
 * `closeWith`. What happens to the socket it is told: by the adapter for `ws` or socket.io, else by the application, which calls
 * `received` and `closed` (and, where it has them, the others) from its library's callbacks.
 */
export class Connection implements OpenConnection {
  /** Random; on every log line of this connection. */
  readonly correlationId: string;
  /** The value of the label `route`. */
  readonly route: string;
  /** As the instrumentation's clock reads. */
  readonly openedAtMs: number;
  readonly #socket: ServerSocket;
  readonly #options: ConnectionOptions;
  readonly #environment: ConnectionEnvironment;
  #threadId: string | undefined;
  /** Why this side began to end it. */
  #cause: CloseCause | undefined;
  #isOver = false;
  /** Whether a ping waits for any sign of life. */
  #isUnanswered = false;
  readonly #rehydration = new Rehydration();
  /** What its log has a line of already. */
  #logged: Set<TroubleEvent> | undefined;

  /** @param route the configured one, or `other` */
  constructor(
    socket: ServerSocket,
    route: string,
    options: ConnectionOptions,
    environment: ConnectionEnvironment,
  ) {
    this.correlationId = randomUUID();
    this.route = route;
    this.openedAtMs = environment.clock.now();
    this.#socket = socket;
    this.#options = options;
    this.#environment = environment;
    environment.metrics.opened(options.route, options.authMethod);
    environment.log({ event: "connect", ...this.#identity(), auth_method: options.authMethod });
  }

  /** Whether the connection takes frames. */
  get isOpen(): boolean {
    return !this.#isOver && this.#cause === undefined && this.#isSocketOpen();
  }

  /** Bytes that wait for the peer to read. */
  get bufferedBytes(): number {
    const bytes = orElse(0, () => this.#socket.bufferedBytes?.() ?? 0);
    return Number.isFinite(bytes) ? bytes : 0;
  }

  /** As the application set it. */
  get threadId(): string | undefined {
    return this.#threadId;
  }

  /** Names the thread in the log lines from here on, and, where the instrumentation counts `byThread`, in the gauge. */
  setThread(threadId: string): void {
    // Half a character cannot be written, so two such ids would be one series twice: as bytes they are one here, too.
    this.#threadId = Buffer.from(String(threadId)).toString();
  }

  /**
   * Sends a frame and counts it.
   *
   * @param frame an object, sent as its JSON, or text that was serialised before, once for a whole group; a frame that nobody can
   *   name is counted as `other`
   * @returns false when it could not be handed to the socket, which counts as a send error
   * @throws TypeError when the frame is not serialisable
   */
  send(frame: object | string, { acceptedAtMs }: SendOptions = {}): boolean {
    if (!this.isOpen) return this.#notSent("closed");
    if (this.#isBehind()) {
      this.close("slow_consumer");
      return this.#notSent("backpressure");
    }
    const text = typeof frame === "string" ? frame : this.#serialised(frame);
    try {
      if (this.#handOver(text, acceptedAtMs) === "dropped") return this.#notSent("backpressure");
    } catch (error) {
      this.failed(error);
      return this.#notSent("other");
    }
    this.sent(text);
    return true;
  }

  /**
   * Closes with the reason's code; the reason is also the text of the close frame. The first reason counts; a connection
   * that is closing already keeps its own, and what the peer sent before it knew of it wins.
   *
   * A connection whose heartbeat stays away is closed with `heartbeat_timeout`, one whose peer does not read with
   * `slow_consumer`: no peer may be left to answer, and the close counts under its reason nevertheless.
   *
   * @throws UnknownCloseReasonError when the catalog does not have the reason
   */
  close(reason: string): void {
    this.closeWith(reason);
  }

  /**
   * Closes as {@link close}, with an advice in the close frame's text: `restart retry_after_ms=4213`. Sockscope's chat socket
   * heeds it after `restart`, `overload` and whatever else closes with 1012 or 1013.
   *
   * @throws UnknownCloseReasonError when the catalog does not have the reason
   */
  closeWith(reason: string, { retryAfterMs }: CloseWithOptions = {}): void {
    const cause = chosenCause(reason, this.#environment.catalog);
    if (!this.isOpen) return;
    this.#cause = cause;
    const advice = hasAdvice(cause.code, this.#environment.catalog) ? retryAfterMs : undefined;
    try {
      this.#socket.close(cause.code, closeText(reason, advice));
    } catch (error) {
      this.failed(error);
      this.notClosing();
      return;
    }
    if (advice !== undefined) this.#environment.metrics.advised(cause.code);
  }

  /** Cuts the connection without waiting for the peer. It counts under the reason for which it was being closed. */
  terminate(): void {
    if (this.#isOver) return;
    this.terminating();
    try {
      this.#socket.terminate?.();
    } catch (error) {
      this.failed(error);
    }
  }

  /** Counts a frame that the application answered with an error, instead of doing what it asks for. */
  refused(reason: FrameRefusal): void {
    this.#environment.metrics.refused(reason);
    this.#logOnce("refused", reason);
  }

  /**
   * Counts how the rehydration of this connection ended: once, and first come. `sent` follows by itself from sending a frame whose
   * event is `rehydration`. Its time begins at the frame `client_hello`; one that nobody asked for has none.
   */
  rehydrated(outcome: RehydrationOutcome): void {
    if (!this.#rehydration.ended(outcome)) return;
    const { metrics } = this.#environment;
    const { askedAtMs } = this.#rehydration;
    metrics.rehydrated(outcome);
    if (outcome !== "sent") this.#logOnce("not_rehydrated", outcome);
    else if (askedAtMs !== undefined) metrics.rehydratedIn(this.#secondsSince(askedAtMs));
  }

  /** To be told: a frame came in. */
  received(data: FrameData, isBinary = false): void {
    const { received } = this.#environment.metrics;
    const { receivedEvent } = this.#options;
    this.#isUnanswered = false;
    if (receivedEvent === undefined) this.#whenReceived(received.byOpening(data, isBinary));
    else this.receivedAs(orElse("other", () => receivedEvent(data, isBinary)));
  }

  /** To be told: a frame of this event came in. */
  receivedAs(event: string): void {
    this.#isUnanswered = false;
    this.#whenReceived(this.#environment.metrics.received.named(event));
  }

  /** To be told: the application sent a frame past this connection. */
  sent(data: FrameData, isBinary = false): void {
    const { sent } = this.#environment.metrics;
    const { sentEvent } = this.#options;
    if (sentEvent === undefined) this.#whenSent(sent.byOpening(data, isBinary));
    else this.sentAs(orElse("other", () => sentEvent(data, isBinary)));
  }

  /** To be told: the application sent a frame of this event past this connection. */
  sentAs(event: string): void {
    this.#whenSent(this.#environment.metrics.sent.named(event));
  }

  /** To be told: the application wanted to send past this connection, and could not. */
  notSent(reason: SendError): void {
    this.#environment.metrics.notSent(reason);
    // One that closed a moment ago is no news: its close has a line.
    if (reason !== "closed") this.#logOnce("not_sent", reason);
  }

  /**
   * To be told: the application closes the socket past this connection. The reason follows from the text, where that is one,
   * else from the code.
   */
  closing(code?: number, text = ""): void {
    if (this.#isOver || this.#cause !== undefined) return;
    this.#cause = rawCause(code, text, this.#environment.catalog);
  }

  /** To be told: closing the socket failed. One that is open nevertheless goes on. */
  notClosing(): void {
    if (!this.#isOver && this.#isSocketOpen(false)) this.#cause = undefined;
  }

  /** To be told: the application cuts the socket past this connection. With an unanswered ping that is the heartbeat's doing. */
  terminating(): void {
    this.#cause ??= terminationCause(this.#isUnanswered);
  }

  /** To be told: the peer was asked for a sign of life. */
  pinged(): void {
    this.#isUnanswered = true;
  }

  /** To be told: the peer answered. */
  ponged(): void {
    this.#isUnanswered = false;
  }

  /** To be told: the socket has an error. What a library closes for by itself becomes the close's cause. */
  failed(error: unknown): void {
    const known = error instanceof Error ? error : new Error(String(error));
    const protocol = protocolErrorCause(known);
    // ws closes by itself before it tells the error: with the error's code, and it is no reason of the server's.
    if (this.#cause === undefined || this.#cause.code === protocol?.code) this.#cause = protocol;
    this.#environment.log({ event: "error", ...this.#identity(), message: known.message });
  }

  /** To be told: the library ends the socket because the peer broke the protocol. */
  protocolBroken(): void {
    this.#cause ??= protocolCause();
  }

  /** To be told: the pings of the library or framework stayed unanswered, and it ends the socket. */
  heartbeatTimedOut(): void {
    this.#cause ??= terminationCause(true);
  }

  /**
   * To be told: the socket is closed.
   *
   * @param code of the close event: what the peer's close frame said, or 1006 when none came
   */
  closed(code: number = LOST.code): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { metrics, log, onOver } = this.#environment;
    const cause = finalCause(this.#cause, code);
    const durationSeconds = this.#secondsSince(this.openedAtMs);
    const wasAskedFor = this.#rehydration.askedAtMs !== undefined;
    if (wasAskedFor && cause.reason === "internal_error") this.rehydrated("failed");
    onOver(this);
    metrics.closed(cause, durationSeconds);
    const { code: countedCode, reason } = cause;
    log({
      event: "close",
      ...this.#identity(),
      code: countedCode,
      reason,
      duration_seconds: durationSeconds,
    });
  }

  /** Ends the measurement of a socket that is gone though nobody told: a listener before ours threw. */
  reap(): void {
    const isGone = orElse(false, () => this.#socket.isGone?.() ?? false);
    if (isGone) this.closed(orElse(undefined, () => this.#socket.closeCode?.()));
  }

  /** @param unknown what it is where the socket does not know */
  #isSocketOpen(unknown = true): boolean {
    return orElse(false, () => this.#socket.isOpen?.() ?? unknown);
  }

  #whenSent(event: string): void {
    if (event === REHYDRATION) this.rehydrated("sent");
  }

  #whenReceived(event: string): void {
    if (event === HELLO) this.#rehydration.asked(this.#environment.clock.now());
  }

  #isBehind(): boolean {
    const { maxBufferedBytes: most } = this.#options;
    return most !== undefined && this.bufferedBytes > (typeof most === "number" ? most : most());
  }

  /** A peer that loops would fill the log; the first of each kind leads to its connection. */
  #logOnce(event: TroubleEvent, reason: string): void {
    if (this.#logged?.has(event)) return;
    this.#logged ??= new Set();
    this.#logged.add(event);
    this.#environment.log({ event, ...this.#identity(), reason });
  }

  #serialised(frame: object): string {
    try {
      const text = JSON.stringify(frame);
      if (typeof text === "string") return text;
    } catch (cause) {
      this.#notSent("serialization");
      throw new TypeError(`The frame cannot be written as JSON: ${String(cause)}`, { cause });
    }
    this.#notSent("serialization");
    throw new TypeError("The frame cannot be written as JSON: its toJSON returns nothing.");
  }

  #handOver(text: string, acceptedAtMs: number | undefined): unknown {
    if (acceptedAtMs === undefined) return this.#socket.send(text);
    const { metrics } = this.#environment;
    const outcome = this.#socket.send(text, (error) => {
      if (!error) metrics.delivered(this.#secondsSince(acceptedAtMs));
    });
    if (outcome !== "told later" && outcome !== "dropped")
      metrics.delivered(this.#secondsSince(acceptedAtMs));
    return outcome;
  }

  #notSent(reason: SendError): false {
    this.notSent(reason);
    return false;
  }

  #secondsSince(ms: number): number {
    return (this.#environment.clock.now() - ms) / 1000;
  }

  #identity(): { route: string; correlation_id: string; thread_id?: string } {
    return {
      route: this.route,
      correlation_id: this.correlationId,
      ...(this.#threadId === undefined ? {} : { thread_id: this.#threadId }),
    };
  }
}

/** An application that cannot name its frame must not lose its connection for it, nor a scrape fail by a socket that throws. */
function orElse<Value>(fallback: Value, ask: () => Value): Value {
  try {
    return ask();
  } catch {
    return fallback;
  }
}
