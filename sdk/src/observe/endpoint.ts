import {
  type CloseConsequence,
  type ConnectionState,
  type ConnectTrigger,
  DOWNTIME,
  type EpisodeAfter,
  type EpisodeOutcome,
  RECONNECT_DELAY,
  RECONNECT_EPISODE_ATTEMPTS,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
  SILENT_GIVE_UP_MS,
  TIME,
} from "@sockscope/catalog/runtime";
import type { Conditions } from "../page/conditions.ts";
import type { PageClock } from "../page/page-clock.ts";
import type { Recorder } from "../record/recorder.ts";

/** How long after a close, in ms, the browser may take to say that the network is gone. */
const CAUSE_SETTLES_MS = 1_000;

/** Triggers before which a client waits for its backoff; others wait for something else. */
const AFTER_BACKOFF: readonly ConnectTrigger[] = ["backoff", "advice"];

/** From a close until the connection is open again, or given up. */
export interface Episode {
  /** From when on the user is without. */
  since: number;
  /** Undefined until it is certain, and counted. */
  after: EpisodeAfter | undefined;
  attempts: number;
  /** When the connection opened that held, where that is known before the episode is. */
  openedAt: number | undefined;
  /** Whether it is known that it began with the machine's sleep. */
  isOfSleep: boolean;
}

/** What a page wants a connection with: what it has of it at each moment, and the episodes in which it has none. */
export interface Endpoint {
  /**
   * A new attempt begins.
   *
   * @param isSeen whether it is now that it begins
   */
  attempt(trigger: ConnectTrigger, isSeen: boolean): void;
  /** What the trigger of an attempt must be that has none of its own. */
  likelyTrigger(): ConnectTrigger;
  opened(): void;
  /** What opened at that moment of the page's clock is a connection that holds. */
  held(openedAt: number): void;
  /**
   * A connection ended, or an attempt.
   *
   * @param how what the user sees of it; `page` when the page itself ended it
   * @param isByPage whether the page itself ended it, whatever the user sees. Default: where it is `page`
   * @returns the episode that it was the beginning of if the page had a reason that shows later
   */
  ended(wasOpen: boolean, how: CloseConsequence | "page", isByPage?: boolean): Episode;
  /** What the page had ended was gone already. */
  wasGone(episode: Episode): void;
  /** The client makes no more attempts. */
  gaveUp(): void;
  /** The page wants no connection any more. */
  unwanted(): void;
  /** Counts the time until now, and what it has decided. */
  settle(): void;
  /** The page goes away: nothing is wanted any more. */
  leave(): void;
  /** Undefined while the page wants nothing. A first attempt that goes on is no trouble yet. */
  readonly state: ConnectionState | undefined;
}

/** An endpoint of which the page has wanted nothing yet. */
export function createEndpoint(recorder: Recorder, clock: PageClock, conditions: Conditions): Endpoint {
  let state: ConnectionState | undefined;
  let open = 0;
  let connecting = 0;
  let wasTried = false;
  /** Whether the next attempt is another one for what the last one was for. */
  let isRetrying = false;
  let episode: Episode | undefined;
  /** Of which it is not known yet whether it is one. */
  let doubtful: Episode | undefined;
  /** When the last attempt ended, or the connection did. */
  let idleSince = 0;
  /** Whether it was the page that ended it. */
  let wasEndedByPage = false;
  /** Nothing is wanted until somebody looks at the page again. */
  let isPaused = false;
  let countedUntil = clock.now();
  /** Less than a second of each state. */
  const uncountedMs: { [State in ConnectionState]?: number } = {};

  function become(next: ConnectionState | undefined): void {
    countTime();
    state = next;
  }

  function countTime(): void {
    const now = clock.now();
    // Nobody misses what is over on a page that is not seen.
    const isMissed = conditions.isVisible() || (state !== "gave_up" && state !== "rejected");
    if (state && isMissed) {
      const had = state === "reconnecting" && !conditions.isOnline() ? "offline" : state;
      const ms = (uncountedMs[had] ?? 0) + now - countedUntil;
      const seconds = Math.floor(ms / 1000);
      uncountedMs[had] = ms - seconds * 1000;
      if (seconds > 0) recorder.add(recorder.slot(TIME, { state: had }, false), seconds);
    }
    countedUntil = now;
  }

  function attempt(trigger: ConnectTrigger, isSeen: boolean): void {
    wasTried = true;
    connecting++;
    goOn();
    const current = episode ?? doubtful;
    if (current) current.attempts++;
    // After a rejection it is the user who takes the time.
    const isReconnect = episode && state === "reconnecting";
    if (isReconnect && isSeen && conditions.isVisible() && AFTER_BACKOFF.includes(trigger))
      measure(RECONNECT_DELAY, idleSince);
    if (open === 0) become("reconnecting");
  }

  function opened(): void {
    connecting = Math.max(0, connecting - 1);
    goOn();
    open++;
    become("connected");
  }

  function held(openedAt: number): void {
    isRetrying = false;
    if (doubtful && !episode && openedAt >= doubtful.since) doubtful.openedAt ??= openedAt;
    if (!episode || openedAt < episode.since) return;
    const { since, attempts } = episode;
    const after = finish("recovered");
    clock.tick();
    // Nobody was without a connection while the machine slept, or could have had one without a network.
    const felt = Math.max(since, clock.wokeAt(), after === "offline" ? conditions.backAt() : 0);
    recorder.observe(DOWNTIME, Math.max(0, openedAt - felt) / 1000, { after });
    recorder.observe(RECONNECT_EPISODE_ATTEMPTS, attempts);
  }

  function ended(wasOpen: boolean, how: CloseConsequence | "page", isByPage = how === "page"): Episode {
    if (wasOpen) open = Math.max(0, open - 1);
    else connecting = Math.max(0, connecting - 1);
    idleSince = clock.now();
    wasEndedByPage = isByPage;
    const begun: Episode = {
      since: idleSince,
      after: undefined,
      attempts: 0,
      openedAt: undefined,
      isOfSleep: false,
    };
    if (how !== "page") isRetrying = how !== "nothing";
    if (open > 0) return begun;
    if (how === "page") {
      if (wasOpen) doubtful = begun;
    } else if (how === "nothing") finish("abandoned");
    else if (wasOpen) episode ??= begun;
    if (how === "page" || how === "nothing")
      // A page that closes a socket in the middle of an episode most often makes another one.
      become(episode || connecting > 0 ? "reconnecting" : undefined);
    else become(how === "reconnecting" ? how : "rejected");
    return begun;
  }

  function wasGone(gone: Episode): void {
    if (gone !== doubtful) return;
    doubtful = undefined;
    const { openedAt } = gone;
    if (openedAt !== undefined) recovered(gone, openedAt);
    else if (episode) episode.since = gone.since;
    else {
      episode = gone;
      // Whoever has given up meanwhile does not begin anew.
      if (state === "gave_up") return void finish("gave_up");
      isRetrying = true;
      wasEndedByPage = false;
      if (open === 0) become("reconnecting");
    }
  }

  /** An episode that was over before it was known; what runs meanwhile is another. */
  function recovered(gone: Episode, openedAt: number): void {
    const running = episode;
    const wasRetrying = isRetrying;
    episode = gone;
    held(openedAt);
    episode = running;
    isRetrying = wasRetrying;
  }

  function gaveUp(): void {
    finish("gave_up");
    if ((state || isPaused) && open === 0) become("gave_up");
    isPaused = false;
  }

  function unwanted(): void {
    // Somebody else on the page still wants one.
    if (open > 0 || connecting > 0) return;
    finish("abandoned");
    doubtful = undefined;
    isPaused = false;
    become(undefined);
  }

  function silentlyGaveUp(): void {
    if (wasEndedByPage) unwanted();
    else if (state === "rejected") finish("gave_up");
    else gaveUp();
  }

  /** Counts the beginning of the episode, which tells what it came after. */
  function begin(current: Episode): EpisodeAfter {
    if (!current.after) {
      current.after = current.isOfSleep ? "offline" : conditions.causeOfClose(current.since);
      recorder.count(RECONNECT_EPISODES_STARTED, { after: current.after });
    }
    return current.after;
  }

  function finish(outcome: EpisodeOutcome): EpisodeAfter {
    if (!episode) return "close";
    const after = begin(episode);
    recorder.count(RECONNECT_EPISODES, { outcome, after });
    episode = undefined;
    // Nothing held in between: should it turn out to be gone, that was this same episode.
    if (doubtful?.openedAt === undefined) doubtful = undefined;
    return after;
  }

  function settle(): void {
    countTime();
    const now = clock.now();
    if (episode && now - episode.since >= CAUSE_SETTLES_MS) begin(episode);
    if (conditions.isVisible()) goOn();
    const isIdle = connecting === 0 && (state === "reconnecting" || (state === "rejected" && episode));
    if (!isIdle || !conditions.isOnline()) return;
    if (now - Math.max(idleSince, conditions.couldTrySince()) < SILENT_GIVE_UP_MS) return;
    if (conditions.isVisible() || state === "rejected") silentlyGaveUp();
    else pause();
  }

  /** A client may wait until it is seen; nobody misses it meanwhile. */
  function pause(): void {
    isPaused = true;
    become(undefined);
  }

  function goOn(): void {
    if (!isPaused) return;
    isPaused = false;
    if (episode) episode.since = clock.now();
    become("reconnecting");
  }

  function leave(): void {
    finish("abandoned");
    become(undefined);
    isPaused = false;
    open = 0;
    connecting = 0;
  }

  function measure(histogram: typeof RECONNECT_DELAY, since: number): void {
    if (!clock.sleptSince(since)) recorder.observe(histogram, (clock.now() - since) / 1000);
  }

  return {
    attempt,
    likelyTrigger: () => (isRetrying || episode ? "backoff" : wasTried ? "unspecified" : "initial"),
    opened,
    held,
    ended,
    wasGone,
    gaveUp,
    unwanted,
    settle,
    leave,
    get state() {
      return state === "reconnecting" && !isRetrying && !episode ? "connected" : state;
    },
  };
}
