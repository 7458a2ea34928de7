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
  TIME,
} from "@sockscope/catalog/runtime";
import type { Network } from "../page/network.ts";
import type { PageClock } from "../page/page-clock.ts";
import type { Recorder } from "../record/recorder.ts";

/** A client that makes no attempt for this long, in ms, while it could, has given up, whether it says so or not. */
export const SILENT_GIVE_UP_MS = 120_000;

/** How long after a close, in ms, the browser may take to say that the network is gone. */
const CAUSE_SETTLES_MS = 1_000;

/** Triggers before which a client waits for its backoff; others wait for something else. */
const AFTER_BACKOFF: readonly ConnectTrigger[] = ["backoff", "advice"];

/** From a close until the connection is open again, or given up. */
interface Episode {
  readonly closedAt: number;
  /** Undefined until it is certain, and counted. */
  after: EpisodeAfter | undefined;
  attempts: number;
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
   */
  ended(wasOpen: boolean, how: CloseConsequence | "page"): void;
  /** The client makes no more attempts. */
  gaveUp(): void;
  /** Counts the time until now, and what it has decided. */
  settle(): void;
  /** The page goes away: nothing is wanted any more. */
  leave(): void;
  /** Undefined while the page wants nothing. */
  readonly state: ConnectionState | undefined;
}

/** An endpoint of which the page has wanted nothing yet. */
export function createEndpoint(recorder: Recorder, clock: PageClock, network: Network): Endpoint {
  let state: ConnectionState | undefined;
  let open = 0;
  let connecting = 0;
  let wasTried = false;
  let episode: Episode | undefined;
  /** When the last attempt ended, or the connection did. */
  let idleSince = 0;
  /** Whether it was the page that ended it. */
  let wasEndedByPage = false;
  let countedUntil = clock.now();
  /** Less than a second of each state. */
  const uncountedMs: { [State in ConnectionState]?: number } = {};

  function become(next: ConnectionState | undefined): void {
    countTime();
    state = next;
  }

  function countTime(): void {
    const now = clock.now();
    if (state) {
      const had = state === "reconnecting" && !network.isOnline() ? "offline" : state;
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
    if (open === 0) become("reconnecting");
    if (!episode) return;
    episode.attempts++;
    if (isSeen && AFTER_BACKOFF.includes(trigger)) measure(RECONNECT_DELAY, idleSince);
  }

  function opened(): void {
    connecting = Math.max(0, connecting - 1);
    open++;
    become("connected");
  }

  function held(openedAt: number): void {
    if (!episode) return;
    const { closedAt, attempts } = episode;
    const after = finish("recovered");
    const since = after === "offline" ? Math.max(closedAt, network.backAt()) : closedAt;
    if (!clock.sleptSince(closedAt))
      recorder.observe(DOWNTIME, Math.max(0, openedAt - since) / 1000, { after });
    recorder.observe(RECONNECT_EPISODE_ATTEMPTS, attempts);
  }

  function ended(wasOpen: boolean, how: CloseConsequence | "page"): void {
    if (wasOpen) open = Math.max(0, open - 1);
    else connecting = Math.max(0, connecting - 1);
    idleSince = clock.now();
    wasEndedByPage = how === "page";
    if (open > 0) return;
    if (how === "reconnecting") {
      if (wasOpen) episode ??= { closedAt: idleSince, after: undefined, attempts: 0 };
      become("reconnecting");
    } else if (how === "nothing" || how === "page") {
      if (how === "nothing") finish("abandoned");
      // A page that closes a socket in the middle of an episode most often makes another one.
      become(episode || connecting > 0 ? "reconnecting" : undefined);
    } else {
      finish("gave_up");
      become("rejected");
    }
  }

  function gaveUp(): void {
    finish("gave_up");
    if (state && open === 0) become("gave_up");
  }

  function silentlyGaveUp(): void {
    if (!wasEndedByPage) gaveUp();
    else {
      finish("abandoned");
      become(undefined);
    }
  }

  /** Counts the beginning of the episode, which tells what it came after. */
  function begin(current: Episode): EpisodeAfter {
    if (!current.after) {
      current.after = network.causeOfClose(current.closedAt);
      recorder.count(RECONNECT_EPISODES_STARTED, { after: current.after });
    }
    return current.after;
  }

  function finish(outcome: EpisodeOutcome): EpisodeAfter {
    if (!episode) return "close";
    const after = begin(episode);
    recorder.count(RECONNECT_EPISODES, { outcome, after });
    episode = undefined;
    return after;
  }

  function settle(): void {
    countTime();
    const now = clock.now();
    if (episode && now - episode.closedAt >= CAUSE_SETTLES_MS) begin(episode);
    const couldTrySince = Math.max(idleSince, network.backAt());
    const isIdle = state === "reconnecting" && connecting === 0 && network.isOnline();
    if (isIdle && now - couldTrySince >= SILENT_GIVE_UP_MS) silentlyGaveUp();
  }

  function leave(): void {
    finish("abandoned");
    become(undefined);
    open = 0;
    connecting = 0;
  }

  function measure(histogram: typeof RECONNECT_DELAY, since: number): void {
    if (!clock.sleptSince(since)) recorder.observe(histogram, (clock.now() - since) / 1000);
  }

  return {
    attempt,
    likelyTrigger: () => (episode ? "backoff" : wasTried ? "unspecified" : "initial"),
    opened,
    held,
    ended,
    gaveUp,
    settle,
    leave,
    get state() {
      return state;
    },
  };
}
