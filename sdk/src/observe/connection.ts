import {
  CLOSES,
  type ClientCloseCode,
  type CloseCodeLabel,
  type CloseConsequence,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECT_TIMEOUT_MS,
  CONNECTION_DURATION,
  type ConnectOutcome,
  type ConnectTrigger,
  type EndedBy,
  type Histogram,
  INBOUND_SILENCE,
  type Phase,
  STABLE_UPTIME_MS,
  WITHOUT_CLOSE_FRAME,
} from "@sockscope/catalog/runtime";
import type { PageClock } from "../page/page-clock.ts";
import type { Recorder } from "../record/recorder.ts";
import type { Endpoint } from "./endpoint.ts";

/** What a connection works with. */
export interface ConnectionContext {
  readonly recorder: Recorder;
  readonly clock: PageClock;
  /** What the user sees after a close. */
  readonly consequenceOf: (code: number) => CloseConsequence;
  readonly endpoint: Endpoint;
  /** A close that the user feels and the page did not want. */
  readonly suffered: (code: CloseCodeLabel) => void;
  /** An attempt ended that never opened, and the page did not want it to. */
  readonly neverOpened: () => void;
}

/** How much of a connection was seen from its beginning. */
export type Beginning = "attempt" | "unseen attempt" | "open";

/**
 * One attempt and the connection that it may become, from what happens to it. Whatever comes in whatever order, each
 * attempt is decided once, and each connection ends once.
 */
export interface Connection {
  opened(): void;
  /** The task in which it opened is over: what the page closes from now on was a connection. */
  openingIsOver(): void;
  received(): void;
  /** The page called `close`. */
  closing(): void;
  closed(code: number): void;
  /** Decides what became of the attempt, if time alone has decided it. */
  settle(): void;
  /**
   * The page goes away: ends what is recorded now, as the close event may come after the page's return, or never. Where
   * frames come after the return, the connection lives on, and is recorded again like one that was open before.
   */
  leave(): void;
  /** Nothing more is recorded. */
  drop(): void;
  /** Whether something may still be recorded of it without a further event. */
  isLive(): boolean;
}

/** A connection whose attempt begins now, or that was open before. */
export function createConnection(
  { recorder, clock, consequenceOf, endpoint, suffered, neverOpened }: ConnectionContext,
  trigger: ConnectTrigger,
  beginning: Beginning,
): Connection {
  const attemptedAt = clock.now();
  /** When the connection opened; undefined when that was not seen. */
  let openedAt: number | undefined;
  let phase: Phase = "never_opened";
  let isDecided = false;
  /** What the page closes before that never was a connection. */
  let isConnection = false;
  let isClosedByPage = false;
  /** Nothing is recorded: the page left, or it is over. */
  let isSilent = false;
  /** When the first frame came after the page's return. */
  let revivedAt = -Infinity;
  let lastFrameAt = attemptedAt;
  let longestSilenceMs = 0;

  endpoint.attempt(trigger, beginning === "attempt");
  if (beginning === "open") {
    phase = "opened";
    isDecided = true;
    isConnection = true;
    endpoint.opened();
    endpoint.held(attemptedAt);
  }

  function opened(): void {
    if (phase === "opened") return;
    settle();
    openedAt = clock.now();
    lastFrameAt = openedAt;
    phase = "opened";
    if (!isSilent) endpoint.opened();
  }

  function received(): void {
    if (isSilent) goOn();
    // Another listener may have kept the event from us.
    opened();
    const now = clock.now();
    longestSilenceMs = Math.max(longestSilenceMs, now - lastFrameAt);
    lastFrameAt = now;
    isConnection = true;
    if (!isDecided) decide("opened");
  }

  function closing(): void {
    if (isSilent) return;
    settle();
    decide("aborted");
    isClosedByPage = true;
    if (isConnection) return;
    endpoint.ended(phase === "opened", "page");
    isSilent = true;
  }

  function closed(reported: number): void {
    // No close frame comes before a connection opened, whatever a client that reconnects says of an attempt.
    const code = phase === "opened" || reported === 1015 ? reported : 1006;
    // The collector knows which codes count by themselves, and in which range the others do.
    const label = String(code) as CloseCodeLabel;
    const isCut = WITHOUT_CLOSE_FRAME.includes(label);
    // Frames that waited for the page's return may come from a connection that was cut meanwhile.
    const isOldNews = isCut && !isClosedByPage && clock.now() - revivedAt < STABLE_UPTIME_MS;
    if (!isSilent && !isOldNews) closedNow(code, label, isCut);
    drop();
  }

  function closedNow(code: number, label: CloseCodeLabel, isCut: boolean): void {
    settle();
    if (phase === "never_opened") decide("failed");
    const consequence = consequenceOf(code);
    decide(consequence === "reconnecting" ? "dropped" : "rejected");
    end(label, isClosedByPage ? "page" : isCut ? "network" : "peer");
    endpoint.ended(phase === "opened", isClosedByPage ? "page" : consequence);
    if (!isClosedByPage && consequence !== "nothing") suffered(label);
    if (phase === "never_opened") neverOpened();
    isSilent = true;
  }

  function settle(): void {
    if (isSilent) return;
    const now = clock.now();
    if (phase === "never_opened") {
      if (now - attemptedAt >= CONNECT_TIMEOUT_MS) decide("timed_out");
    } else if (openedAt !== undefined && now - openedAt >= STABLE_UPTIME_MS) decide("opened");
  }

  function decide(outcome: ConnectOutcome): void {
    if (outcome === "opened" && openedAt !== undefined) endpoint.held(openedAt);
    if (isDecided) return;
    isDecided = true;
    recorder.count(CONNECT_ATTEMPTS, { outcome, trigger });
    if (outcome === "opened" && beginning === "attempt")
      measure(CONNECT_DURATION, attemptedAt, openedAt as number);
  }

  function leave(): void {
    if (isSilent) return;
    settle();
    decide("aborted");
    if (phase === "opened") end("none", "left");
    isSilent = true;
  }

  function end(code: ClientCloseCode, ended_by: EndedBy): void {
    recorder.count(CLOSES, { code, phase, ended_by });
    if (openedAt === undefined) return;
    const now = clock.now();
    measure(CONNECTION_DURATION, openedAt, now);
    measure(INBOUND_SILENCE, openedAt, openedAt + Math.max(longestSilenceMs, now - lastFrameAt));
  }

  /** Time that was slept through is believed by nobody. */
  function measure(histogram: Histogram, from: number, to: number): void {
    if (!clock.sleptSince(from)) recorder.observe(histogram, (to - from) / 1000);
  }

  /** What came before the page left has been recorded. */
  function goOn(): void {
    revivedAt = clock.now();
    isSilent = false;
    openedAt = undefined;
    isDecided = true;
    phase = "opened";
    endpoint.opened();
  }

  function drop(): void {
    if (!isSilent) endpoint.ended(phase === "opened", "page");
    isSilent = true;
  }

  return {
    opened,
    openingIsOver: () => {
      isConnection = true;
    },
    received,
    closing,
    closed,
    settle,
    leave,
    drop,
    isLive: () => !isSilent,
  };
}
