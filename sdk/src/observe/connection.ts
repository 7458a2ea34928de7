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
  PATIENCE_MS,
  type Phase,
  STABLE_UPTIME_MS,
  UNANSWERED_CLOSE_MS,
  WITHOUT_CLOSE_FRAME,
} from "@sockscope/catalog/runtime";
import type { Conditions } from "../page/conditions.ts";
import type { PageClock } from "../page/page-clock.ts";
import type { Recorder } from "../record/recorder.ts";
import type { Endpoint, Episode } from "./endpoint.ts";

/** What a connection works with. */
export interface ConnectionContext {
  readonly recorder: Recorder;
  readonly clock: PageClock;
  readonly conditions: Conditions;
  /** What the user sees after a close. */
  readonly consequenceOf: (code: number) => CloseConsequence;
  /** Whether the client answers a close by itself, so that it is one for nobody. */
  readonly isAnswered: (code: number) => boolean;
  readonly endpoint: Endpoint;
  /** A close that the user feels and the page did not want. */
  readonly suffered: (code: CloseCodeLabel) => void;
  /** An attempt ended that never opened, and not since the page changed its mind. */
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
  /** It is over, and nobody knows how. */
  vanished(): void;
  /** Decides what became of the attempt, if time alone has decided it. */
  settle(): void;
  /** The page goes away: ends what is recorded now, as the close event may come after the page's return, or never. */
  leave(): void;
  /**
   * The page is back, and the connection still there: it is what the page has, though its end was recorded when the page
   * left. Does nothing to a connection that was not left.
   */
  comeBack(): void;
  /** Nothing more is recorded. */
  drop(): void;
  /** Whether something may still be recorded of it without a further event. */
  isLive(): boolean;
}

/** A connection whose attempt begins now, or that was open before. */
export function createConnection(
  {
    recorder,
    clock,
    conditions,
    consequenceOf,
    isAnswered,
    endpoint,
    suffered,
    neverOpened,
  }: ConnectionContext,
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
  /** When the page called `close`. */
  let closingAt: number | undefined;
  /** What the endpoint made of it. */
  let closing: Episode | undefined;
  /** Nothing is recorded: the page left, or it is over. */
  let isSilent = false;
  let isOver = false;
  /** Its one terminal record is made. */
  let isEnded = false;
  /** When it was seen again after the page's return. */
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
    if (isSilent) comeBack();
    // Another listener may have kept the event from us.
    opened();
    const now = clock.now();
    if (now - lastFrameAt > longestSilenceMs) longestSilenceMs = now - lastFrameAt;
    lastFrameAt = now;
    isConnection = true;
    if (!isDecided) decide("opened");
  }

  function pageCloses(): void {
    if (isSilent || closingAt !== undefined) return;
    settle();
    closingAt = clock.now();
    if (phase === "never_opened" && closingAt - attemptedAt >= PATIENCE_MS) gaveUpWaiting();
    else {
      decide("aborted");
      closing = endpoint.ended(phase === "opened", "page");
    }
    isSilent = !isConnection;
  }

  function gaveUpWaiting(): void {
    decide("timed_out");
    endpoint.ended(false, "reconnecting", true);
    neverOpened();
  }

  function closed(reported: number): void {
    // No close frame comes before a connection opened, whatever a client that reconnects says of an attempt.
    const code = phase === "opened" || reported === 1015 ? reported : 1006;
    // The collector knows which codes count by themselves, and in which range the others do.
    const label = String(code) as CloseCodeLabel;
    const isCut = WITHOUT_CLOSE_FRAME.includes(label);
    // Frames that waited for the page's return may come from a connection that was cut meanwhile.
    const isOldNews = isCut && closingAt === undefined && clock.now() - revivedAt < STABLE_UPTIME_MS;
    if (isOldNews) drop();
    else if (!isSilent) closedNow(code, label, isCut);
    isOver = true;
  }

  function closedNow(code: number, label: CloseCodeLabel, isCut: boolean): void {
    settle();
    isSilent = true;
    const now = clock.now();
    const wasOpen = phase === "opened";
    const isUnanswered = isCut && closingAt !== undefined && now - closingAt >= UNANSWERED_CLOSE_MS;
    const isByPage = closingAt !== undefined && !isUnanswered;
    const diedOfSleep = isCut && wasOpen && !isByPage && conditions.diedOfSleep(lastFrameAt, now);
    const isOwnMatter = isAnswered(code);
    const consequence = isOwnMatter ? "reconnecting" : consequenceOf(code);
    if (!wasOpen) decide("failed");
    decide(consequence === "reconnecting" ? "dropped" : "rejected");
    if (diedOfSleep) end("none", "left");
    else end(label, isByPage ? "page" : isCut ? "network" : "peer");
    if (closingAt === undefined) endpoint.ended(wasOpen, consequence).isOfSleep = diedOfSleep;
    else if (isUnanswered && closing) endpoint.wasGone(closing);
    const isExpected =
      isOwnMatter || diedOfSleep || consequence === "nothing" || (!wasOpen && !conditions.isOnline());
    if (!isByPage && !isExpected) suffered(label);
    if (!wasOpen) neverOpened();
  }

  function settle(): void {
    if (isSilent) return;
    const now = clock.now();
    if (phase === "never_opened") {
      // Neither does a user wait while the machine sleeps, nor is it the server that is slow.
      if (now - Math.max(attemptedAt, clock.wokeAt()) >= CONNECT_TIMEOUT_MS) decide("timed_out");
    } else if (openedAt !== undefined && now - openedAt >= STABLE_UPTIME_MS) {
      isConnection = true;
      decide("opened");
    }
  }

  function decide(outcome: ConnectOutcome): void {
    // What the page is closing is nothing that it has.
    if (outcome === "opened" && openedAt !== undefined && closingAt === undefined) endpoint.held(openedAt);
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
    if (isEnded) return;
    isEnded = true;
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

  function comeBack(): void {
    if (!isSilent || isOver || closingAt !== undefined) return;
    revivedAt = clock.now();
    isSilent = false;
    openedAt = undefined;
    isConnection = true;
    phase = "opened";
    endpoint.opened();
    endpoint.held(revivedAt);
  }

  function drop(): void {
    if (!isSilent && closingAt === undefined) endpoint.ended(phase === "opened", "page");
    isSilent = true;
    isOver = true;
  }

  function vanished(): void {
    if (!isSilent && closingAt === undefined) endpoint.ended(phase === "opened", "reconnecting");
    isSilent = true;
    isOver = true;
  }

  return {
    opened,
    openingIsOver: () => {
      isConnection = true;
    },
    received,
    closing: pageCloses,
    closed,
    vanished,
    settle,
    leave,
    comeBack,
    drop,
    isLive: () => !isSilent,
  };
}
