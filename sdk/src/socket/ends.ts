import type { ClosePolicy } from "@sockscope/catalog/runtime";
import { adviceIn, advisedMs, backoffMs } from "./backoff.ts";
import type { Machine, Moment, Rules } from "./machine-state.ts";
import { AUTHENTICATION_FAILED } from "./socket-state.ts";
import { attempt, fresh, offline, rest } from "./turns.ts";

/** The least first delay after a close that says "overload", in ms and before jitter. */
export const OVERLOAD_DELAY_MS = 5_000;

/** So long after a retry with a new token, in ms, another refusal is told: a loop is no recovery. */
export const REFRESH_AGAIN_MS = 60_000;

/** An attempt or a connection has ended with this code. */
export function ended(machine: Machine, code: number, reason: string, rules: Rules, moment: Moment): Machine {
  const wasOpen = machine.state.status === "open";
  // A proxy may accept, and nobody be behind it.
  const hasSpoken = machine.lastFrameAt > -Infinity || rules.pingIntervalMs === Infinity;
  const held = wasOpen && hasSpoken && moment.now - machine.openedAt >= rules.stableUptimeMs;
  const after = held ? fresh(machine) : machine;
  const policy = rules.policyOf(code);
  if (policy.action === "stop") return stopped(after, code, policy, rules, moment);
  const looksRefused = !wasOpen && policy.tokenRefresh === "after-never-opened" && moment.isOnline;
  const neverOpened = looksRefused ? after.neverOpened + 1 : 0;
  const advice = adviceAfter(after, policy, reason, moment);
  const leastMs = policy.firstDelay === "longer" ? OVERLOAD_DELAY_MS : 0;
  return retry({ ...after, neverOpened }, advice, rules, moment, leastMs);
}

/** What the server asked for before it closed, or as it did. */
function adviceAfter(
  { advice }: Machine,
  policy: ClosePolicy,
  reason: string,
  { now }: Moment,
): number | undefined {
  const inReason = policy.advice && adviceIn(reason);
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
export function withoutToken(machine: Machine, rules: Rules, moment: Moment): Machine {
  return machine.trigger === "token_refresh"
    ? rejected(machine, machine.refusedWith, rules)
    : retry(machine, undefined, rules, moment);
}

/** An attempt or a connection came to nothing, and another attempt may help. */
export function retry(
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
      ...(advice !== undefined && { isAdvised: true }),
    }),
    trigger: advice === undefined ? "backoff" : "advice",
    // Whoever says when to come back is there, and wants to be asked again.
    attempts: advice === undefined ? attempts : Math.max(0, attempts - 1),
    delays: delays + 1,
    dueAt: moment.now + delayMs,
  };
}
