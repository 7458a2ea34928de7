import { type ConnectTrigger, NO_CLOSE_FRAME } from "@sockscope/catalog/runtime";
import { ended } from "./ends.ts";
import type { Machine, Moment, Rules } from "./machine-state.ts";
import { attempt, fresh, lost } from "./turns.ts";

/** How long advice holds that came in a frame, in ms: it is about the close that follows. */
export const ADVICE_HOLDS_MS = 60_000;

/** An attempt has come to a connection. */
export function opened(machine: Machine, rules: Rules, { now, wallClock, isOnline }: Moment): Machine {
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
export function scheduled(machine: Machine, rules: Rules): Machine {
  const readyAt = machine.isReady ? Infinity : machine.openedAt + rules.stableUptimeMs;
  return { ...machine, dueAt: Math.min(machine.pingAt, machine.deadAt, readyAt) };
}

/** Whatever comes is a sign of life; the first ping follows the first, which a server that refuses late does not send. */
export function received(
  machine: Machine,
  adviceMs: number | undefined,
  rules: Rules,
  { now }: Moment,
): Machine {
  const asksNow = machine.lastFrameAt === -Infinity && rules.pingIntervalMs < Infinity;
  return scheduled(
    {
      ...machine,
      lastFrameAt: now,
      deadAt: Infinity,
      pingAt: asksNow ? now : machine.pingAt,
      advice: adviceMs === undefined ? machine.advice : { ms: adviceMs, until: now + ADVICE_HOLDS_MS },
    },
    rules,
  );
}

/** Of an open connection, what time has decided. */
export function beaten(machine: Machine, rules: Rules, moment: Moment): Machine {
  const { now } = moment;
  if (now >= machine.deadAt) return lost(ended(machine, NO_CLOSE_FRAME, "", rules, moment));
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

/** Whether an open connection is still one: at once if its time is over, else by a ping. */
export function checked(machine: Machine, trigger: ConnectTrigger, rules: Rules, moment: Moment): Machine {
  const { now } = moment;
  if (now >= machine.deadAt) return lost(attempt(fresh(machine), trigger, rules, moment));
  const isSilent = now - Math.max(machine.openedAt, machine.lastFrameAt) >= rules.pongTimeoutMs;
  const isAsked = machine.deadAt < Infinity;
  return isSilent && !isAsked ? scheduled(pinged(machine, rules, now), rules) : machine;
}
