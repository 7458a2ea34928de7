import {
  type Histogram,
  type NoLabels,
  SERVER_CLOSES,
  SERVER_CONNECTION_DURATION,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
  SERVER_HANDSHAKES_REJECTED,
  SERVER_REHYDRATIONS,
  SERVER_SEND_ERRORS,
} from "@sockscope/catalog";
import { line } from "./exposition.test-support.ts";
import { TEST_APP } from "./instrumented.test-support.ts";

/** By how much series move, as `movedSeries` tells it. */
export type Moves = Readonly<Record<string, number>>;

/** Open connections, more or fewer. */
export function active(by: number, route = "/ws"): Moves {
  return { [line(SERVER_CONNECTIONS_ACTIVE.name, { app: TEST_APP, route })]: by };
}

/** Accepted connections. */
export function opened(auth_method: string, { route = "/ws", times = 1 } = {}): Moves {
  return { [line(SERVER_CONNECTIONS_OPENED.name, { app: TEST_APP, route, auth_method })]: times };
}

/** Frames to peers. */
export function sent(event: string, times = 1): Moves {
  return { [line(SERVER_FRAMES_SENT.name, { app: TEST_APP, event })]: times };
}

/** Frames from peers. */
export function received(event: string, times = 1): Moves {
  return { [line(SERVER_FRAMES_RECEIVED.name, { app: TEST_APP, event })]: times };
}

/** Frames that could not be handed over. */
export function sendError(reason: string, times = 1): Moves {
  return { [line(SERVER_SEND_ERRORS.name, { app: TEST_APP, reason })]: times };
}

/** Upgrades that were refused. */
export function rejected(status: string, credentials: string, times = 1): Moves {
  return { [line(SERVER_HANDSHAKES_REJECTED.name, { app: TEST_APP, status, credentials })]: times };
}

/** Ends of rehydrations. */
export function rehydrated(outcome: string): Moves {
  return { [line(SERVER_REHYDRATIONS.name, { app: TEST_APP, outcome })]: 1 };
}

/** Observations of one value: of the buckets those that reach as far, `+Inf` always. */
export function observed({ name, layout }: Histogram<NoLabels>, seconds: number, times = 1): Moves {
  const buckets = [...layout.bounds.filter((bound) => bound >= seconds), "+Inf"];
  const labels = { app: TEST_APP };
  return {
    ...Object.fromEntries(
      buckets.map((le) => [line(`${name}_bucket`, { le: String(le), ...labels }), times]),
    ),
    ...(seconds === 0 ? {} : { [line(`${name}_sum`, labels)]: seconds * times }),
    [line(`${name}_count`, labels)]: times,
  };
}

/** Ends of connections that were each open for so long. */
export function closed(code: string, reason: string, { seconds = 1, times = 1 } = {}): Moves {
  return {
    ...active(-times),
    [line(SERVER_CLOSES.name, { app: TEST_APP, code, reason })]: times,
    ...observed(SERVER_CONNECTION_DURATION, seconds, times),
  };
}
