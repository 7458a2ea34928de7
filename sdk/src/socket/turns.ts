import type { ConnectTrigger } from "@sockscope/catalog/runtime";
import type { Machine, Moment, Rules } from "./machine-state.ts";
import type { SocketState } from "./socket-state.ts";

/** While there is no network, an attempt is made this seldom, in ms: behind some VPNs a browser never knows that there is one. */
export const PROBE_INTERVAL_MS = 60_000;

/** So many attempts in a row that never opened may mean that the token is refused: a browser does not tell. */
export const NEVER_OPENED_LIMIT = 2;

/** Nothing is due: another turn begins, in which nothing happens by itself. */
export function rest(machine: Machine, state: SocketState): Machine {
  return {
    ...machine,
    state,
    turn: machine.turn + 1,
    isReady: false,
    wasLost: false,
    pingAt: Infinity,
    deadAt: Infinity,
    dueAt: Infinity,
    advice: undefined,
  };
}

/** As if nothing had ever failed. */
export function fresh(machine: Machine): Machine {
  return { ...machine, attempts: 0, delays: 0, neverOpened: 0, hasForced: false };
}

/**
 * Another attempt begins.
 *
 * @param isRefused whether the server refused what there was, so that a new token is wanted
 */
export function attempt(
  machine: Machine,
  trigger: ConnectTrigger,
  rules: Rules,
  { now, isOnline }: Moment,
  isRefused = false,
): Machine {
  const attempts = machine.attempts + 1;
  return {
    ...rest(machine, {
      status: "connecting",
      attempt: attempts,
      ...(trigger === "advice" && { isAdvised: true }),
    }),
    trigger,
    attempts,
    isForced: isRefused || (machine.neverOpened >= NEVER_OPENED_LIMIT && !machine.hasForced),
    isProbe: !isOnline,
    dueAt: now + rules.attemptTimeoutMs,
  };
}

/** There is no network, and a probe from time to time. */
export function offline(machine: Machine, { now }: Moment): Machine {
  const resting = rest(fresh(machine), { status: "offline", reason: "network" });
  return { ...resting, dueAt: now + PROBE_INTERVAL_MS };
}

/** What the turn before had was found to be gone. */
export function lost(machine: Machine): Machine {
  return { ...machine, wasLost: true };
}
