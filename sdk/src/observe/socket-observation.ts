import {
  CLOSES,
  type ClientCloseCode,
  type ClientFrameEvent,
  type CloseCodeLabel,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECT_TIMEOUT_MS,
  CONNECTION_DURATION,
  type ConnectOutcome,
  type ConnectTrigger,
  type EndedBy,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  frameEvent,
  type Phase,
  type ServerFrameEvent,
  STABLE_UPTIME_MS,
  WITHOUT_CLOSE_FRAME,
} from "@sockscope/catalog/runtime";
import { contain } from "../contain.ts";
import type { Environment } from "../environment.ts";
import { listen } from "../listen.ts";
import type { Recorder } from "../record/recorder.ts";
import type { Vocabulary } from "../vocabulary.ts";
import { OPEN, shadow } from "./shadow.ts";

/**
 * What the application knows about a socket.
 *
 * @typeParam Received names of own frames from the server, as `start` was told
 * @typeParam Sent names of own frames to the server, as `start` was told
 */
export interface ObserveOptions<Received extends string = never, Sent extends string = never> {
  /** Why the attempt is made. Default: `unspecified`; one that the catalog does not know counts as `other`. */
  readonly trigger?: ConnectTrigger;
  /**
   * Names a received frame. Default: what its JSON opens with, the `event` behind the `type`, else the `type`. A name that
   * neither the catalog has nor `start` was told counts as `other`.
   */
  readonly receivedEvent?: (frame: unknown) => ServerFrameEvent | Received;
  /** Names a sent frame. Default: as for `receivedEvent`. */
  readonly sentEvent?: (frame: unknown) => ClientFrameEvent | Sent;
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
  /** Decides what became of the attempt, if time alone has decided it. */
  settle(): void;
  /**
   * The page goes away: ends what is recorded now, as the close event may come after the page's return, or never. Where
   * frames come after the return, the connection lives on, and is recorded again like one that was open before.
   */
  leave(): void;
}

/** What an observation works with. */
export interface ObservationContext {
  readonly recorder: Recorder;
  readonly environment: Environment;
  readonly vocabulary: Vocabulary;
  /** A close that the user feels and the page did not want. */
  readonly suffered: (code: CloseCodeLabel) => void;
  /** Every observation that has listeners. */
  readonly active: Set<SocketObservation>;
}

/**
 * Records the life of one socket, from its events and its own calls of `send` and `close`. An attempt and its durations
 * are recorded only if they are seen from their beginning; a socket that is already closing or closed records nothing.
 * On a fault, takes back what was begun and throws.
 */
export function observeSocket(
  socket: WebSocket,
  { trigger = "unspecified", receivedEvent, sentEvent }: ObserveOptions<string, string>,
  { recorder, environment, vocabulary, suffered, active }: ObservationContext,
): SocketObservation {
  const undo: (() => void)[] = [];
  const attemptedAt = environment.now();
  /** When the connection opened, in ms; undefined when that was not seen. */
  let openedAt: number | undefined;
  let phase: Phase = socket.readyState === OPEN ? "opened" : "never_opened";
  let isDecided = phase === "opened";
  /** The task in which it opened is over; what the page closes before that never was a connection. */
  let isConnection = isDecided;
  let isClosedByPage = false;
  /** Nothing is recorded: the page left, or it is over. */
  let isSilent = false;
  /** When the first frame came after the page's return. */
  let revivedAt = -Infinity;

  function attach(): void {
    onEvent("message", ({ data }: MessageEvent) => {
      if (isSilent) goOn();
      isConnection = true;
      decide("opened");
      recorder.increment(FRAMES_RECEIVED, {
        event: (receivedEvent?.(data) ?? frameEvent(data)) as ServerFrameEvent,
      });
    });
    onEvent("close", ({ code }: CloseEvent) => {
      const isHeard = !isSilent;
      stop();
      if (isHeard) closed(vocabulary.labelOf(code));
    });
    onCall("send", (frame) => {
      recorder.increment(FRAMES_SENT, {
        event: (sentEvent?.(frame) ?? frameEvent(frame)) as ClientFrameEvent,
      });
    });
    onCall("close", () => {
      settle();
      decide("aborted");
      isClosedByPage = true;
      if (!isConnection) stop();
    });
    onEvent("open", opened);
  }

  function onEvent<E extends Event>(type: string, listener: (event: E) => void): void {
    undo.push(listen(socket, type, contain(recorder, listener)));
  }

  function onCall(method: "send" | "close", called: (argument: unknown) => void): void {
    // The shadow outlives the observation when another library wrapped it.
    const whileRecording = contain(recorder, (argument: unknown) => {
      if (!isSilent) called(argument);
    });
    undo.push(shadow(socket, method, whileRecording));
  }

  function opened(): void {
    settle();
    openedAt = environment.now();
    phase = "opened";
    // A close in this very task is a mount that was undone, or a page that changed its mind.
    environment.setTimeout(() => {
      isConnection = true;
    }, 0);
  }

  function decide(outcome: ConnectOutcome): void {
    if (isDecided) return;
    isDecided = true;
    recorder.increment(CONNECT_ATTEMPTS, { outcome, trigger });
    if (outcome === "opened") recorder.observe(CONNECT_DURATION, ((openedAt as number) - attemptedAt) / 1000);
  }

  function settle(): void {
    if (openedAt === undefined) {
      if (environment.now() - attemptedAt >= CONNECT_TIMEOUT_MS) decide("timed_out");
    } else if (environment.now() - openedAt >= STABLE_UPTIME_MS) decide("opened");
  }

  function closed(code: CloseCodeLabel): void {
    const endedBy = isClosedByPage ? "page" : WITHOUT_CLOSE_FRAME.includes(code) ? "network" : "peer";
    // Frames that waited for the page's return may come from a connection that was cut meanwhile.
    if (endedBy === "network" && environment.now() - revivedAt < STABLE_UPTIME_MS) return;
    settle();
    if (phase === "never_opened") decide("failed");
    decide(vocabulary.consequenceOf(code) === "reconnecting" ? "dropped" : "rejected");
    end(code, endedBy);
    if (!isClosedByPage) suffered(code);
  }

  function leave(): void {
    if (isSilent) return;
    settle();
    decide("aborted");
    if (phase === "opened") end("none", "left");
    isSilent = true;
  }

  function end(code: ClientCloseCode, ended_by: EndedBy): void {
    recorder.increment(CLOSES, { code, phase, ended_by });
    if (openedAt !== undefined) recorder.observe(CONNECTION_DURATION, (environment.now() - openedAt) / 1000);
  }

  /** What came before the page left has been recorded. */
  function goOn(): void {
    revivedAt = environment.now();
    isSilent = false;
    openedAt = undefined;
  }

  function stop(): void {
    isSilent = true;
    active.delete(observation);
    for (const takeBack of undo.splice(0)) contain(recorder, takeBack)();
  }

  const observation = { settle, leave, stop };
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
