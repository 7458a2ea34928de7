import { type Catalog, frameEvent } from "@sockscope/catalog";
import type { Clock } from "./clock.ts";
import { type CloseCause, chosenCause, finalCause, LOST, protocolErrorCause } from "./close-cause.ts";
import type { ConnectionLog } from "./connection-log.ts";
import type { ServerMetrics } from "./server-metrics.ts";
import { CLOSED, type MessageData, OPEN, type ServerSocket } from "./server-socket.ts";

/** What the application knows when it accepts a connection. */
export interface ConnectionOptions {
  /** One of the instrumentation's `routes`; any other is counted as `other`. */
  readonly route: string;
  /**
   * How the user was authenticated, as the catalog knows it (any other counts as `other`); `none` for a connection that is
   * about to be closed for it.
   */
  readonly authMethod: string;
  /**
   * Names a frame that is sent, from its text; a name that the catalog does not have counts as `other`. Default: the
   * `event`, else the `type`, with which its JSON opens.
   */
  readonly sentEvent?: (text: string) => string;
  /** Names a frame that was received. Default: as for `sentEvent`, from the first bytes of a text frame. */
  readonly receivedEvent?: (data: MessageData, isBinary: boolean) => string;
}

/** What a connection reports to. */
export interface ConnectionEnvironment {
  readonly metrics: ServerMetrics;
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** Must not throw. */
  readonly log: ConnectionLog;
  readonly correlationId: string;
}

/** Enough of a frame to tell what it is; the rest is not decoded a second time. */
const OPENING_BYTES = 128;

/** As the frame says it; the metric knows which names count. */
function openingEvent(data: MessageData, isBinary: boolean): string {
  const opening = isBinary || !Buffer.isBuffer(data) ? undefined : data.toString("utf8", 0, OPENING_BYTES);
  return frameEvent(opening);
}

/** An application that cannot name its frame must not lose its connection for it. */
function orOther(name: () => string): string {
  try {
    return name();
  } catch {
    return "other";
  }
}

/** One open period of one socket, measured from its construction to its close. */
export class Connection {
  /** Random; on every log line of this connection. */
  readonly correlationId: string;
  readonly #socket: ServerSocket;
  readonly #options: ConnectionOptions;
  readonly #environment: ConnectionEnvironment;
  readonly #openedAtMs: number;
  #threadId: string | undefined;
  #cause: CloseCause | undefined;

  constructor(socket: ServerSocket, options: ConnectionOptions, environment: ConnectionEnvironment) {
    this.correlationId = environment.correlationId;
    this.#socket = socket;
    this.#options = options;
    this.#environment = environment;
    this.#openedAtMs = environment.clock.now();
    environment.metrics.opened(options.route, options.authMethod);
    environment.log({ event: "connect", ...this.#identity(), auth_method: options.authMethod });
    this.#listen();
  }

  /** Whether the socket takes frames. */
  get isOpen(): boolean {
    return this.#socket.readyState === OPEN;
  }

  /** Bytes that wait for the peer to read; the application decides how many are too many. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Names the thread in the log lines from here on; it never becomes a label. */
  setThread(threadId: string): void {
    this.#threadId = threadId;
  }

  /**
   * Sends a frame as JSON and counts it.
   *
   * @param frame any object, or its JSON, which many connections can share; a frame that nobody can name is counted as `other`
   * @returns false, and counts nothing, when the socket is no longer open
   * @throws TypeError when the frame is not serialisable
   */
  send(frame: object | string): boolean {
    if (!this.isOpen) return false;
    const text = typeof frame === "string" ? frame : JSON.stringify(frame);
    this.#socket.send(text);
    // Named from the text, as the browser will name it, so that sent and received frames can be compared.
    const { sentEvent = frameEvent } = this.#options;
    this.#environment.metrics.sent(orOther(() => sentEvent(text)));
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
    const cause = chosenCause(reason, this.#environment.catalog);
    if (!this.isOpen) return;
    this.#cause = cause;
    this.#socket.close(this.#cause.code, reason);
  }

  #listen(): void {
    // The peer may be gone before the application got here; then no close event follows.
    if (this.#socket.readyState === CLOSED) {
      this.#finish(LOST);
      return;
    }
    this.#socket.on("message", this.#onMessage);
    this.#socket.on("close", this.#onClose);
    // Stays for good: an error event without a listener ends the process.
    this.#socket.on("error", this.#onError);
  }

  readonly #onMessage = (data: MessageData, isBinary: boolean): void => {
    const { receivedEvent = openingEvent } = this.#options;
    this.#environment.metrics.received(orOther(() => receivedEvent(data, isBinary)));
  };

  readonly #onClose = (code: number): void => {
    this.#socket.off("message", this.#onMessage);
    this.#socket.off("close", this.#onClose);
    this.#finish(finalCause(this.#cause, code));
  };

  readonly #onError = (error: Error): void => {
    this.#cause ??= protocolErrorCause(error);
    this.#environment.log({ event: "error", ...this.#identity(), message: error.message });
  };

  #finish(cause: CloseCause): void {
    const { metrics, clock, log } = this.#environment;
    const durationSeconds = (clock.now() - this.#openedAtMs) / 1000;
    metrics.closed(this.#options.route, cause, durationSeconds);
    log({ event: "close", ...this.#identity(), ...cause, duration_seconds: durationSeconds });
  }

  #identity(): { route: string; correlation_id: string; thread_id?: string } {
    return {
      route: this.#options.route,
      correlation_id: this.correlationId,
      ...(this.#threadId === undefined ? {} : { thread_id: this.#threadId }),
    };
  }
}
