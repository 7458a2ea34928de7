import {
  CLIENT_FRAME_EVENTS,
  CLOSES,
  type ClientFrameEvent,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECTION_DURATION,
  type ConnectOutcome,
  type ConnectTrigger,
  closeCodeLabel,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  frameEvent,
  SERVER_FRAME_EVENTS,
  type ServerFrameEvent,
} from "@sockscope/catalog/runtime";
import { contain } from "../contain.ts";
import { listen } from "../listen.ts";
import type { Recorder } from "../record/recorder.ts";
import { shadow } from "./shadow.ts";

/** What the application knows about a socket. */
export interface ObserveOptions {
  /** Why the attempt is made. Default: `unspecified`. */
  readonly trigger?: ConnectTrigger;
  /** Names a received frame. Default: the catalog's `frameEvent`, which knows the frames of docs/API_CONTRACTS.md. */
  readonly receivedEvent?: (frame: unknown) => ServerFrameEvent;
  /** Names a sent frame. Default: as for `receivedEvent`. */
  readonly sentEvent?: (frame: unknown) => ClientFrameEvent;
}

/** The recording of one socket. */
export interface Observation {
  /**
   * Stops for good: nothing is recorded about how the connection ends, and the socket is left as it was. Does nothing
   * when the connection has ended already.
   */
  stop(): void;
}

/** What an observation works with. */
export interface ObservationContext {
  readonly recorder: Recorder;
  /** A clock that never jumps, in ms. */
  readonly now: () => number;
  /** Called once, when there is nothing more to record. */
  readonly ended: (observation: SocketObservation) => void;
}

/** See {@link https://websockets.spec.whatwg.org/#dom-websocket-readystate | WHATWG WebSockets, readyState}. */
const CONNECTING = 0;
const OPEN = 1;

/**
 * The close code of a page that goes away; its browser closes the socket with it.
 * See {@link https://websockets.spec.whatwg.org/#make-disappear | WHATWG WebSockets, make disappear}.
 */
const GOING_AWAY = 1001;

/**
 * Records the life of one socket, from its events and its own calls of `send` and `close`. An attempt and its durations
 * are recorded only if they are seen from their beginning; a socket that is already closing or closed records nothing.
 */
export class SocketObservation implements Observation {
  readonly #socket: WebSocket;
  readonly #options: ObserveOptions;
  readonly #context: ObservationContext;
  /** When the attempt began, in ms; undefined when the socket was open before. */
  #attemptedAt: number | undefined;
  /** When the connection opened, in ms; undefined when that was not seen. */
  #openedAt: number | undefined;
  #abortedByPage = false;
  #active = false;
  #undo: (() => void)[] = [];

  constructor(socket: WebSocket, options: ObserveOptions, context: ObservationContext) {
    this.#socket = socket;
    this.#options = options;
    this.#context = context;
  }

  /**
   * Begins to record; on a fault, takes back what was begun and throws.
   *
   * @returns false for a socket that is closing or closed
   */
  start(): boolean {
    if (this.#socket.readyState > OPEN) return false;
    if (this.#socket.readyState === CONNECTING) this.#attemptedAt = this.#context.now();
    this.#active = true;
    try {
      this.#attach();
    } catch (fault) {
      this.stop();
      throw fault;
    }
    return true;
  }

  /** The page goes away: ends what is recorded now, as the close event may come after the page's return, or never. */
  leave(): void {
    this.#end(GOING_AWAY, "aborted");
  }

  stop(): void {
    if (!this.#active) return;
    this.#active = false;
    for (const undo of this.#undo) contain(this.#context.recorder, undo)();
    this.#undo = [];
    this.#context.ended(this);
  }

  #attach(): void {
    this.#listen("message", (event: MessageEvent) => this.#received(event.data));
    this.#listen("close", (event: CloseEvent) => this.#closed(event.code));
    this.#shadow("send", OPEN, (frame) => this.#sent(frame));
    if (this.#attemptedAt === undefined) return;
    this.#listen("open", () => this.#opened());
    // Not after the attempt has failed: applications like to call `close` in their error listener.
    this.#shadow("close", CONNECTING, () => {
      this.#abortedByPage = true;
    });
  }

  #listen<E extends Event>(type: string, listener: (event: E) => void): void {
    const whileActive = contain(this.#context.recorder, (event: E) => {
      if (this.#active) listener(event);
    });
    this.#undo.push(listen(this.#socket, type, whileActive));
  }

  #shadow(method: "send" | "close", readyState: number, called: (argument: unknown) => void): void {
    const whileActive = contain(this.#context.recorder, (before: number, args: readonly unknown[]) => {
      if (this.#active && before === readyState) called(args[0]);
    });
    this.#undo.push(shadow(this.#socket, method, whileActive));
  }

  #opened(): void {
    const { recorder, now } = this.#context;
    this.#openedAt = now();
    this.#decide("opened");
    recorder.observe(CONNECT_DURATION, (this.#openedAt - (this.#attemptedAt ?? NaN)) / 1000);
  }

  #received(frame: unknown): void {
    const event = this.#options.receivedEvent?.(frame) ?? frameEvent(frame, SERVER_FRAME_EVENTS);
    this.#context.recorder.increment(FRAMES_RECEIVED, { event });
  }

  #sent(frame: unknown): void {
    const event = this.#options.sentEvent?.(frame) ?? frameEvent(frame, CLIENT_FRAME_EVENTS);
    this.#context.recorder.increment(FRAMES_SENT, { event });
  }

  #decide(outcome: ConnectOutcome): void {
    this.#context.recorder.increment(CONNECT_ATTEMPTS, {
      outcome,
      trigger: this.#options.trigger ?? "unspecified",
    });
  }

  #closed(code: number): void {
    this.#end(code, this.#abortedByPage ? "aborted" : "failed");
  }

  #end(code: number, undecided: ConnectOutcome): void {
    if (!this.#active) return;
    this.stop();
    const { recorder, now } = this.#context;
    const neverOpened = this.#attemptedAt !== undefined && this.#openedAt === undefined;
    if (neverOpened) this.#decide(undecided);
    // The close that the browser then reports was the page's own doing and says nothing about the service.
    if (neverOpened && undecided === "aborted") return;
    const phase = neverOpened ? "never_opened" : "opened";
    recorder.increment(CLOSES, { code: closeCodeLabel(code), phase });
    if (this.#openedAt !== undefined) recorder.observe(CONNECTION_DURATION, (now() - this.#openedAt) / 1000);
  }
}
