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
  type Phase,
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
  /** Names a received frame. Default: the catalog's `frameEvent`, which knows the frames of the demo chat. */
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

/** What the page does with an observation. */
export interface SocketObservation extends Observation {
  /** The page goes away: ends what is recorded now, as the close event may come after the page's return, or never. */
  leave(): void;
}

/** What an observation works with. */
export interface ObservationContext {
  readonly recorder: Recorder;
  /** A clock that never jumps, in ms. */
  readonly now: () => number;
  /** Every observation that has something to record. */
  readonly active: Set<SocketObservation>;
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
 * On a fault, takes back what was begun and throws.
 */
export function observeSocket(
  socket: WebSocket,
  { trigger = "unspecified", receivedEvent, sentEvent }: ObserveOptions,
  { recorder, now, active }: ObservationContext,
): SocketObservation {
  const undo: (() => void)[] = [];
  const attemptedAt = now();
  /** When the connection opened, in ms; undefined when that was not seen. */
  let openedAt: number | undefined;
  let phase: Phase = socket.readyState === CONNECTING ? "never_opened" : "opened";
  let isAborted = false;

  function attach(): void {
    onEvent("message", ({ data }: MessageEvent) => {
      recorder.increment(FRAMES_RECEIVED, {
        event: receivedEvent?.(data) ?? frameEvent(data, SERVER_FRAME_EVENTS),
      });
    });
    onEvent("close", ({ code }: CloseEvent) => end(code));
    onCall("send", OPEN, (frame) => {
      recorder.increment(FRAMES_SENT, {
        event: sentEvent?.(frame) ?? frameEvent(frame, CLIENT_FRAME_EVENTS),
      });
    });
    if (phase === "opened") return;
    onEvent("open", opened);
    // Not after the attempt has failed: applications like to call `close` in their error listener.
    onCall("close", CONNECTING, () => {
      isAborted = true;
    });
  }

  function onEvent<E extends Event>(type: string, listener: (event: E) => void): void {
    undo.push(listen(socket, type, contain(recorder, listener)));
  }

  function onCall(method: "send" | "close", readyState: number, called: (argument: unknown) => void): void {
    // The shadow outlives the observation when another library wrapped it.
    const whileActive = contain(recorder, (argument: unknown) => {
      if (active.has(observation)) called(argument);
    });
    undo.push(shadow(socket, method, readyState, whileActive));
  }

  function opened(): void {
    openedAt = now();
    phase = "opened";
    decide("opened");
    recorder.observe(CONNECT_DURATION, (openedAt - attemptedAt) / 1000);
  }

  function decide(outcome: ConnectOutcome): void {
    recorder.increment(CONNECT_ATTEMPTS, { outcome, trigger });
  }

  function end(code: number): void {
    stop();
    if (phase === "never_opened") decide(isAborted ? "aborted" : "failed");
    // The close that the browser then reports was the page's own doing and says nothing about the service.
    if (phase === "never_opened" && isAborted) return;
    recorder.increment(CLOSES, { code: closeCodeLabel(code), phase });
    if (openedAt !== undefined) recorder.observe(CONNECTION_DURATION, (now() - openedAt) / 1000);
  }

  function leave(): void {
    isAborted = true;
    end(GOING_AWAY);
  }

  function stop(): void {
    active.delete(observation);
    for (const takeBack of undo.splice(0)) contain(recorder, takeBack)();
  }

  const observation = { leave, stop };
  if (socket.readyState > OPEN) return observation;
  active.add(observation);
  try {
    attach();
  } catch (fault) {
    stop();
    throw fault;
  }
  return observation;
}
