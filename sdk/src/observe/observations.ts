import { CONNECT_TRIGGER, type ConnectionState } from "@sockscope/catalog/runtime";
import { contain } from "../contain.ts";
import type { Network } from "../page/network.ts";
import { tellUnknown } from "../problems.ts";
import { createEndpoint, type Endpoint } from "./endpoint.ts";
import {
  type Observation,
  type ObservationContext,
  type ObserveOptions,
  observeSocket,
  type SocketObservation,
} from "./observe-socket.ts";
import type { SocketLike } from "./shadow.ts";

/** Every socket of the page that is observed, each of them once. */
export interface Observations {
  /** Observes a socket, or returns the observation that it has. Never throws: what it cannot observe counts as lost. */
  observe(socket: SocketLike, options?: ObserveOptions<string, string>): Observation;
  /** Decides what time alone has decided, and counts the time until now. Call it before a batch is closed. */
  settle(): void;
  /** The page goes away: every measurement ends now. */
  leave(): void;
  /** Leaves every socket as it was, and observes no other. */
  stop(): void;
  /** What the page has of what it wants, the worst first; undefined when it wants nothing. */
  worstState(): ConnectionState | undefined;
}

/** What stands in for an observation where there is none. */
export const NOTHING: Observation = { stop: () => {}, gaveUp: () => {} };

/** How many endpoints a page has; what is beyond, as of a page whose paths have ids in them, is one more together. */
export const MAX_ENDPOINTS = 100;

const WORST_FIRST: readonly ConnectionState[] = ["rejected", "gave_up", "reconnecting", "connected"];

/** Observations of no socket yet. */
export function createObservations(
  page: Omit<ObservationContext, "endpoint" | "active" | "neverOpened">,
  network: Network,
): Observations {
  const { recorder, clock, tell, probe } = page;
  /** By key; a client that has not opened its first socket yet has no URL, and one to itself. */
  const endpoints = new Map<string | symbol, Endpoint>();
  const active = new Set<SocketObservation>();
  /** Ended ones too: a close event that comes after the page's return must not find its socket unknown. */
  const bySocket = new WeakMap<SocketLike, Observation>();
  let isStopped = false;

  const add = contain(recorder, (socket: SocketLike, options: ObserveOptions<string, string>) => {
    if (isStopped || bySocket.has(socket)) return;
    if (typeof socket?.addEventListener !== "function") throw new TypeError("no WebSocket");
    const endpoint = endpointOf((options.episode ?? originAndPath(socket.url)) || Symbol());
    const neverOpened = (): void => probe?.neverOpened(socket.url, recorder.count);
    bySocket.set(
      socket,
      observeSocket(socket, withKnownTrigger(options), { ...page, endpoint, active, neverOpened }),
    );
  });

  function endpointOf(wanted: string | symbol): Endpoint {
    const key = endpoints.size < MAX_ENDPOINTS || endpoints.has(wanted) ? wanted : "";
    const endpoint = endpoints.get(key) ?? createEndpoint(recorder, clock, network);
    endpoints.set(key, endpoint);
    return endpoint;
  }

  function withKnownTrigger(options: ObserveOptions<string, string>): ObserveOptions<string, string> {
    const { trigger } = options;
    if (trigger === undefined || CONNECT_TRIGGER.includes(trigger)) return options;
    tellUnknown(tell, "the trigger", trigger);
    return { ...options, trigger: "other" };
  }

  function observe(socket: SocketLike, options: ObserveOptions<string, string> = {}): Observation {
    add(socket, options);
    const observation = bySocket.get(socket);
    if (!observation && !isStopped) tell("SOCKSCOPE_ERR_SOCKET", "what was given to observe is no WebSocket");
    return observation ?? NOTHING;
  }

  function each(action: "settle" | "leave" | "stop"): void {
    for (const observation of active) contain(recorder, observation[action])();
  }

  return {
    observe,
    settle: () => {
      each("settle");
      for (const endpoint of endpoints.values()) endpoint.settle();
    },
    leave: () => {
      each("leave");
      for (const endpoint of endpoints.values()) endpoint.leave();
    },
    stop: () => {
      isStopped = true;
      each("stop");
    },
    worstState: () => {
      const states = Array.from(endpoints.values(), ({ state }) => state);
      return WORST_FIRST.find((state) => states.includes(state));
    },
  };
}

/** Of a URL what is the same in every attempt: tokens and other parameters are in its query. Empty where there is none. */
function originAndPath(url: unknown): string {
  return String(url ?? "").split(/[?#]/, 1)[0] as string;
}
