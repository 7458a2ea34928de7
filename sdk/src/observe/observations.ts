import { CONNECT_ATTEMPTS, CONNECT_TRIGGER, type ConnectionState } from "@sockscope/catalog/runtime";
import { contain } from "../contain.ts";
import { createLatencies, type Latencies } from "../latency/latencies.ts";
import { tellUnknown, textOf } from "../problems.ts";
import { createEndpoint, type Endpoint } from "./endpoint.ts";
import {
  type Observation,
  type ObservationContext,
  type ObserveOptions,
  observeSocket,
  type SocketObservation,
} from "./observe-socket.ts";
import { originAndPath, type SocketLike, urlOf } from "./shadow.ts";

/** Every socket of the page that is observed, each of them once. */
export interface Observations {
  /** Observes a socket, or returns the observation that it has. Never throws: what it cannot observe counts as lost. */
  observe(socket: SocketLike, options?: ObserveOptions<string, string>): Observation;
  /** An attempt ended before it had a socket. Never throws. */
  attempted(options?: ObserveOptions<string, string>): Observation;
  /** Decides what time alone has decided, and counts the time until now. Call it before a batch is closed. */
  settle(): void;
  /** The page goes away: every measurement ends now. */
  leave(): void;
  /** The page is back: what it still has is what it has. */
  comeBack(): void;
  /** Leaves every socket as it was, and observes no other. */
  stop(): void;
  /** What the page has of what it wants, the worst first; undefined when it wants nothing. */
  worstState(): ConnectionState | undefined;
}

/** What stands in for an observation where there is none. */
export const NOTHING: Observation = { stop: () => {}, gaveUp: () => {}, unwanted: () => {}, lost: () => {} };

/** How many endpoints a page has; what is beyond, as of a page whose paths have ids in them, is one more together. */
export const MAX_ENDPOINTS = 100;

const WORST_FIRST: readonly ConnectionState[] = ["rejected", "gave_up", "reconnecting", "connected"];

/** What a page has with the one with whom it wants a connection, over all of its sockets. */
interface Counterpart {
  readonly endpoint: Endpoint;
  readonly latencies: Latencies;
}

/** What the observations of a page work with. */
export type PageContext = Omit<
  ObservationContext,
  | "active"
  | "endpoint"
  | "isAnswered"
  | "isAway"
  | "lastSighting"
  | "latencies"
  | "neverOpened"
  | "whenStopped"
>;

/** Observations of no socket yet. */
export function createObservations(page: PageContext): Observations {
  const { recorder, clock, conditions, host, tell, probe } = page;
  /** By key; a client that has not opened its first socket yet has no URL, and one to itself. */
  const counterparts = new Map<string | symbol, Counterpart>();
  const active = new Set<SocketObservation>();
  /** Ended ones too: a close event that comes after the page's return must not find its socket unknown. */
  const bySocket = new WeakMap<SocketLike, Observation>();
  const lastSighting = { url: "", at: -Infinity };
  let isAway = false;
  let isStopped = false;

  function add(socket: SocketLike, options: ObserveOptions<string, string>): void {
    if (isStopped || bySocket.has(socket)) return;
    if (!isSocket(socket)) throw new TypeError("it is no WebSocket");
    const context: ObservationContext = {
      ...page,
      ...counterpartOf((options.episode ?? originAndPath(socket.url)) || Symbol()),
      active,
      isAnswered: () => false,
      lastSighting,
      isAway: () => isAway,
      neverOpened: () => probe?.neverOpened(urlOf(socket), recorder.count),
      whenStopped: () => bySocket.delete(socket),
    };
    bySocket.set(socket, observeSocket(socket, withKnownTrigger(options), context));
  }

  function counterpartOf(wanted: string | symbol): Counterpart {
    const key = counterparts.size < MAX_ENDPOINTS || counterparts.has(wanted) ? wanted : "";
    const counterpart = counterparts.get(key) ?? {
      endpoint: createEndpoint(recorder, clock, conditions),
      latencies: createLatencies(recorder, clock, host),
    };
    counterparts.set(key, counterpart);
    return counterpart;
  }

  function withKnownTrigger(options: ObserveOptions<string, string>): ObserveOptions<string, string> {
    const { trigger } = options;
    if (trigger === undefined || CONNECT_TRIGGER.includes(trigger)) return options;
    tellUnknown(tell, "the trigger", trigger);
    return { ...options, trigger: "other" };
  }

  function observe(socket: SocketLike, options?: ObserveOptions<string, string> | null): Observation {
    try {
      add(socket, options ?? {});
    } catch (fault) {
      recorder.lose("internal");
      tell("SOCKSCOPE_ERR_SOCKET", `${textOf(socket)} is not observed: ${textOf(fault)}`);
    }
    return bySocket.get(socket) ?? NOTHING;
  }

  /** There is nothing that could be observed, and somebody who waited. */
  function attempted(options: ObserveOptions<string, string> = {}): Observation {
    const { episode = "", trigger } = withKnownTrigger(options);
    const { endpoint } = counterpartOf(episode);
    const why = trigger ?? endpoint.likelyTrigger();
    if (!isStopped && !isAway) {
      endpoint.attempt(why, false);
      recorder.count(CONNECT_ATTEMPTS, { outcome: "failed", trigger: why });
      endpoint.ended(false, "reconnecting");
    }
    return { ...NOTHING, gaveUp: endpoint.gaveUp, unwanted: endpoint.unwanted };
  }

  function each(action: "settle" | "leave" | "comeBack" | "stop"): void {
    for (const observation of active) contain(recorder, observation[action])();
  }

  return {
    observe,
    attempted: (options) => {
      let observation = NOTHING;
      contain(recorder, () => {
        observation = attempted(options);
      })();
      return observation;
    },
    settle: () => {
      each("settle");
      for (const { endpoint } of counterparts.values()) endpoint.settle();
    },
    leave: () => {
      isAway = true;
      each("leave");
      for (const { endpoint } of counterparts.values()) endpoint.leave();
    },
    comeBack: () => {
      isAway = false;
      each("comeBack");
    },
    stop: () => {
      isStopped = true;
      each("stop");
      for (const { endpoint } of counterparts.values()) endpoint.leave();
    },
    worstState: () => {
      const states = Array.from(counterparts.values(), ({ endpoint }) => endpoint.state);
      return WORST_FIRST.find((state) => states.includes(state));
    },
  };
}

/** Whether it can be observed: a channel of another kind has states that are no numbers, and other targets have no socket's methods. */
function isSocket(socket: SocketLike): boolean {
  const { addEventListener, send, close, readyState } = socket ?? {};
  return (
    [addEventListener, send, close].every((method) => typeof method === "function") &&
    typeof readyState === "number"
  );
}
