import type { ClosePolicy, ConnectTrigger } from "@sockscope/catalog/runtime";
import type { LifecycleEvent } from "../host.ts";
import { adviceIn, advisedMs, type Backoff, backoffMs } from "./backoff.ts";
import { AUTHENTICATION_FAILED, FIRST_ATTEMPT, type SocketState } from "./socket-state.ts";

/** While there is no network, an attempt is made this seldom, in ms: behind some VPNs a browser never knows that there is one. */
export const PROBE_INTERVAL_MS = 60_000;

/** The least first delay after a close that says "overload", in ms and before jitter. */
export const OVERLOAD_DELAY_MS = 5_000;

/** How long advice holds that came in a frame, in ms: it is about the close that follows. */
export const ADVICE_HOLDS_MS = 60_000;

/** So long after a retry with a new token, in ms, another refusal is told: a loop is no recovery. */
export const REFRESH_AGAIN_MS = 60_000;

/** So many attempts in a row that never opened may mean that the token is refused: a browser does not tell. */
export const NEVER_OPENED_LIMIT = 2;

/** By what a chat socket goes; durations in ms. */
export interface Rules extends Backoff {
  readonly maxAttempts: number;
  readonly attemptTimeoutMs: number;
  readonly stableUptimeMs: number;
  /** Infinity where no pings are sent. */
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  readonly awaitsRehydration: boolean;
  readonly refreshesOnce: boolean;
  readonly policyOf: (code: number) => ClosePolicy;
}

/** When something happens, and under what conditions. */
export interface Moment {
  /** In ms, of a clock that never goes back and goes on in sleep. */
  readonly now: number;
  /** In ms since the epoch. */
  readonly wallClock: number;
  /** From 0 to below 1. */
  readonly random: number;
  readonly isOnline: boolean;
}

/** What happens to a chat socket. */
export type SocketEvent =
  | { readonly type: "connect" | "close" | "token" | "opened" | "ready" | "no token" | "no ping" | "due" }
  | { readonly type: "frame"; readonly adviceMs: number | undefined }
  | { readonly type: "ended"; readonly code: number; readonly reason: string }
  | { readonly type: LifecycleEvent };

/**
 * Everything that decides what a chat socket does next. What runs in the world follows from it: the attempt or the connection of
 * its turn, a timer, and as many pings as it counts.
 */
export interface Machine {
  readonly state: SocketState;
  /** Counts attempts and what comes between them. What another turn tells does not count. */
  readonly turn: number;
  readonly trigger: ConnectTrigger;
  /** Whether the attempt wants a new token. */
  readonly isForced: boolean;
  /** Attempts in a row since a connection held. */
  readonly attempts: number;
  /** Backoffs in a row since a connection held. */
  readonly delays: number;
  /** Attempts in a row that were refused before they opened, or looked like it. */
  readonly neverOpened: number;
  /** A new token came, and the attempts went on failing, or it is used in this one. */
  readonly hasForced: boolean;
  /** When the one retry after a refusal was made; -Infinity before any. */
  readonly retriedAt: number;
  /** With what the server refused, of an attempt that is such a retry. */
  readonly refusedWith: number;
  /** Whether what the last turn had was found to be gone, and nobody had said so. */
  readonly wasLost: boolean;
  /** Whether the attempt was made without a network. */
  readonly isProbe: boolean;
  /** A connection opened though the browser knows no network: it is wrong, as behind some VPNs, until it says something else. */
  readonly isDenied: boolean;
  readonly openedAt: number;
  /** -Infinity before the first frame of a connection. */
  readonly lastFrameAt: number;
  /** Whether the connection takes what waits for it. */
  readonly isReady: boolean;
  readonly pings: number;
  readonly pingAt: number;
  /** When a connection that is silent since its ping is dead. */
  readonly deadAt: number;
  /** When something is to happen by itself. */
  readonly dueAt: number;
  readonly advice: { readonly ms: number; readonly until: number } | undefined;
}

/** Before the first attempt. */
export const INITIAL: Machine = {
  state: FIRST_ATTEMPT,
  turn: 0,
  trigger: "initial",
  isForced: false,
  attempts: 0,
  delays: 0,
  neverOpened: 0,
  hasForced: false,
  retriedAt: -Infinity,
  refusedWith: 0,
  wasLost: false,
  isProbe: false,
  isDenied: false,
  openedAt: 0,
  lastFrameAt: -Infinity,
  isReady: false,
  pings: 0,
  pingAt: Infinity,
  deadAt: Infinity,
  dueAt: Infinity,
  advice: undefined,
};

/** What a machine becomes when something happens. */
export function transition(before: Machine, event: SocketEvent, rules: Rules, now: Moment): Machine {
  const isNews = event.type === "online" || event.type === "offline";
  const machine = isNews ? { ...before, isDenied: false } : before;
  return next(machine, event, rules, machine.isDenied ? { ...now, isOnline: true } : now);
}

function next(machine: Machine, event: SocketEvent, rules: Rules, moment: Moment): Machine {
  switch (event.type) {
    case "connect":
      return asked(machine, rules, moment);
    case "close":
      return rest(machine, { status: "closed" });
    case "token":
      return {
        ...machine,
        hasForced: machine.hasForced || machine.isForced,
        dueAt: moment.now + rules.attemptTimeoutMs,
      };
    case "no token":
      return withoutToken(machine, rules, moment);
    case "opened":
      return opened(machine, rules, moment);
    case "ready":
      return { ...machine, isReady: true };
    case "no ping":
      return scheduled({ ...machine, deadAt: Infinity }, rules);
    case "frame":
      return received(machine, event.adviceMs, rules, moment);
    case "ended":
      return ended(machine, event.code, event.reason, rules, moment);
    case "due":
      return due(machine, rules, moment);
    case "offline":
      return isActive(machine) ? lost(offline(machine, moment)) : machine;
    case "freeze":
    case "pagehide":
      return isActive(machine) ? rest(machine, { status: "offline", reason: "frozen" }) : machine;
    case "hidden":
      return machine;
    default:
      return woken(machine, event.type, rules, moment);
  }
}

/** Whether a client goes on by itself. */
export function isActive({ state: { status } }: Machine): boolean {
  return status === "connecting" || status === "open" || status === "waiting" || status === "offline";
}

/** Nothing is due: another turn begins, in which nothing happens by itself. */
function rest(machine: Machine, state: SocketState): Machine {
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
function fresh(machine: Machine): Machine {
  return { ...machine, attempts: 0, delays: 0, neverOpened: 0, hasForced: false };
}

function attempt(
  machine: Machine,
  trigger: ConnectTrigger,
  rules: Rules,
  { now, isOnline }: Moment,
  isRefused = false,
): Machine {
  const attempts = machine.attempts + 1;
  return {
    ...rest(machine, { status: "connecting", attempt: attempts }),
    trigger,
    attempts,
    isForced: isRefused || (machine.neverOpened >= NEVER_OPENED_LIMIT && !machine.hasForced),
    isProbe: !isOnline,
    dueAt: now + rules.attemptTimeoutMs,
  };
}

/** The application or its user wants a connection now. */
function asked(machine: Machine, rules: Rules, moment: Moment): Machine {
  const isFirst = machine.turn === 0;
  const isRefused = machine.state.status === "rejected";
  const begun = { ...fresh(machine), retriedAt: -Infinity };
  // Without a network, the first attempt says nothing about the server.
  const first = moment.isOnline ? "initial" : "other";
  return attempt(begun, isFirst ? first : "manual", rules, moment, isRefused);
}

function opened(machine: Machine, rules: Rules, { now, wallClock, isOnline }: Moment): Machine {
  const pingAt = rules.pingIntervalMs < Infinity ? now + rules.stableUptimeMs : Infinity;
  return scheduled(
    {
      ...machine,
      state: { status: "open", since: wallClock },
      openedAt: now,
      lastFrameAt: -Infinity,
      isDenied: machine.isDenied || !isOnline,
      isReady: !rules.awaitsRehydration,
      pingAt,
    },
    rules,
  );
}

/** An open connection waits for the first of what time decides. */
function scheduled(machine: Machine, rules: Rules): Machine {
  const readyAt = machine.isReady ? Infinity : machine.openedAt + rules.stableUptimeMs;
  return { ...machine, dueAt: Math.min(machine.pingAt, machine.deadAt, readyAt) };
}

/** Whatever comes is a sign of life; the first ping follows the first, which a server that refuses late does not send. */
function received(machine: Machine, adviceMs: number | undefined, rules: Rules, { now }: Moment): Machine {
  const asksNow = machine.lastFrameAt === -Infinity && rules.pingIntervalMs < Infinity;
  return scheduled(
    {
      ...machine,
      lastFrameAt: now,
      deadAt: Infinity,
      pingAt: asksNow ? Math.min(machine.pingAt, now) : machine.pingAt,
      advice: adviceMs === undefined ? machine.advice : { ms: adviceMs, until: now + ADVICE_HOLDS_MS },
    },
    rules,
  );
}

function due(machine: Machine, rules: Rules, moment: Moment): Machine {
  if (moment.now < machine.dueAt) return machine;
  switch (machine.state.status) {
    case "connecting":
      return retry(machine, undefined, rules, moment);
    case "waiting":
      return attempt(machine, machine.trigger, rules, moment);
    case "offline":
      return attempt(machine, "other", rules, moment);
    default:
      return beaten(machine, rules, moment);
  }
}

/** Of an open connection, what time has decided. */
function beaten(machine: Machine, rules: Rules, moment: Moment): Machine {
  const { now } = moment;
  if (now >= machine.deadAt) return lost(ended(machine, 1006, "", rules, moment));
  const isReady = machine.isReady || now >= machine.openedAt + rules.stableUptimeMs;
  const next = { ...machine, isReady };
  return scheduled(now >= machine.pingAt ? pinged(next, rules, now) : next, rules);
}

function pinged(machine: Machine, rules: Rules, now: number): Machine {
  return {
    ...machine,
    pings: machine.pings + 1,
    pingAt: now + rules.pingIntervalMs,
    deadAt: Math.min(machine.deadAt, now + rules.pongTimeoutMs),
  };
}

function ended(machine: Machine, code: number, reason: string, rules: Rules, moment: Moment): Machine {
  const wasOpen = machine.state.status === "open";
  // A proxy may accept, and nobody be behind it.
  const hasSpoken = machine.lastFrameAt > -Infinity || rules.pingIntervalMs === Infinity;
  const held = wasOpen && hasSpoken && moment.now - machine.openedAt >= rules.stableUptimeMs;
  const after = held ? fresh(machine) : machine;
  const policy = rules.policyOf(code);
  if (policy.action === "stop") return stopped(after, code, policy, rules, moment);
  const looksRefused = !wasOpen && policy.tokenRefresh === "after-never-opened" && moment.isOnline;
  const neverOpened = looksRefused ? after.neverOpened + 1 : 0;
  const advice = adviceAfter(after, code, reason, moment);
  const leastMs = policy.firstDelay === "longer" ? OVERLOAD_DELAY_MS : 0;
  return retry({ ...after, neverOpened }, advice, rules, moment, leastMs);
}

/** What the server asked for before it closed, or as it did. */
function adviceAfter({ advice }: Machine, code: number, reason: string, { now }: Moment): number | undefined {
  const inReason = code === 1012 || code === 1013 ? adviceIn(reason) : undefined;
  return inReason ?? (advice && now < advice.until ? advice.ms : undefined);
}

/** The server closed with a code after which a client stops. */
function stopped(machine: Machine, code: number, policy: ClosePolicy, rules: Rules, moment: Moment): Machine {
  if (policy.userSees === "nothing") return rest(machine, { status: "closed" });
  if (!refreshes(machine, policy, rules, moment)) return rejected(machine, code, rules);
  const refused = { ...machine, retriedAt: moment.now, refusedWith: code };
  return attempt(refused, "token_refresh", rules, moment, true);
}

/** Whether a refusal is answered with a new token and one more attempt. */
export function refreshes(
  { retriedAt }: Machine,
  { tokenRefresh }: ClosePolicy,
  { refreshesOnce }: Rules,
  { now }: Moment,
): boolean {
  return tokenRefresh === "opt-in" && refreshesOnce && now - retriedAt >= REFRESH_AGAIN_MS;
}

function rejected(machine: Machine, code: number, { policyOf }: Rules): Machine {
  const message =
    policyOf(code).userSees === "authentication failed"
      ? AUTHENTICATION_FAILED
      : `The server ended the connection (code ${code}).`;
  return rest(machine, { status: "rejected", code, message });
}

/** A token that was refused is not replaced by waiting. */
function withoutToken(machine: Machine, rules: Rules, moment: Moment): Machine {
  return machine.trigger === "token_refresh"
    ? rejected(machine, machine.refusedWith, rules)
    : retry(machine, undefined, rules, moment);
}

function lost(machine: Machine): Machine {
  return { ...machine, wasLost: true };
}

/** An attempt or a connection came to nothing, and another attempt may help. */
function retry(
  machine: Machine,
  advice: number | undefined,
  rules: Rules,
  moment: Moment,
  leastMs = 0,
): Machine {
  const { attempts, delays } = machine;
  if (!moment.isOnline) return offline(machine, moment);
  if (attempts >= rules.maxAttempts) return rest(machine, { status: "gave_up", attempts });
  const usualMs = backoffMs(rules, delays, leastMs, moment.random);
  const delayMs = Math.max(usualMs, advice === undefined ? 0 : advisedMs(advice, moment.random));
  return {
    ...rest(machine, {
      status: "waiting",
      attempt: attempts + 1,
      retryAt: moment.wallClock + delayMs,
    }),
    trigger: advice === undefined ? "backoff" : "advice",
    // Whoever says when to come back is there, and wants to be asked again.
    attempts: advice === undefined ? attempts : Math.max(0, attempts - 1),
    delays: delays + 1,
    dueAt: moment.now + delayMs,
  };
}

function offline(machine: Machine, { now }: Moment): Machine {
  const resting = rest(fresh(machine), { status: "offline", reason: "network" });
  return { ...resting, dueAt: now + PROBE_INTERVAL_MS };
}

/** The network is back, or the page is, or somebody looks at it: what is not certain is found out now. */
function woken(
  machine: Machine,
  trigger: "online" | "visible" | "pageshow" | "resume",
  rules: Rules,
  moment: Moment,
): Machine {
  const { status } = machine.state;
  if (status === "open") return checked(machine, trigger, rules, moment);
  const isBack = trigger !== "visible";
  // Whoever looks at the page does not know better than the server when that will be there.
  if (status === "waiting" && !isBack && machine.trigger === "advice") return machine;
  if (status === "waiting") return attempt(isBack ? fresh(machine) : machine, trigger, rules, moment);
  if (status === "gave_up") return attempt(fresh(machine), trigger, rules, moment);
  const isLate = moment.now >= machine.dueAt || (trigger === "online" && machine.isProbe);
  const isOver = status === "connecting" && isLate;
  const isWaited = status === "offline" && (moment.isOnline || !isNetwork(machine.state));
  return isOver || isWaited ? attempt(fresh(machine), trigger, rules, moment) : machine;
}

function isNetwork(state: SocketState): boolean {
  return state.status === "offline" && state.reason === "network";
}

/** Whether an open connection is still one: at once if its time is over, else by a ping. */
function checked(machine: Machine, trigger: ConnectTrigger, rules: Rules, moment: Moment): Machine {
  const { now } = moment;
  if (now >= machine.deadAt) return lost(attempt(fresh(machine), trigger, rules, moment));
  const isSilent = now - Math.max(machine.openedAt, machine.lastFrameAt) >= rules.pongTimeoutMs;
  const isAsked = machine.deadAt < Infinity || machine.pingAt === Infinity;
  return isSilent && !isAsked ? scheduled(pinged(machine, rules, now), rules) : machine;
}
