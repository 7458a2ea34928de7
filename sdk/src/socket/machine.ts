import { ended, retry, withoutToken } from "./ends.ts";
import { isActive, type Machine, type Moment, type Rules, type SocketEvent } from "./machine-state.ts";
import { beaten, checked, opened, received, scheduled } from "./open-connection.ts";
import type { SocketState } from "./socket-state.ts";
import { attempt, fresh, lost, offline, rest } from "./turns.ts";

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
      return isActive(machine) ? cutOff(machine, moment) : machine;
    case "freeze":
    case "pagehide":
      return isActive(machine) ? rest(machine, { status: "offline", reason: "frozen" }) : machine;
    case "hidden":
      return machine;
    default:
      return woken(machine, event.type, rules, moment);
  }
}

/** The network is gone, and with it a connection; an attempt that this ends says nothing about the server. */
function cutOff(machine: Machine, moment: Moment): Machine {
  const gone = offline(machine, moment);
  return machine.state.status === "open" ? lost(gone) : gone;
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
