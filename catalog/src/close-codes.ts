import {
  CLOSE_CODE_LABELS,
  type CloseCodeLabel,
  type CloseConsequence,
  closeConsequence,
} from "./close-code-label.ts";

/** What a client does after a connection closed, and what its user is told. The meanings are in `close-code-meanings.ts`. */
export interface ClosePolicy {
  /** `stop`: no attempt follows on its own. `retry`: reconnect with backoff, which is what the user is told. */
  readonly action: "stop" | "retry";
  /** `in the reason`: the close reason may say when to come back, as `retry_after_ms`. */
  readonly advice?: "in the reason";
  /** `longer`: the first delay is longer than usual, because the server is overloaded. */
  readonly firstDelay?: "longer";
  /**
   * `opt-in`: the application may choose to refresh the token once and try once more before it stops.
   * `after-never-opened`: repeated closes before `open` force a refresh, because a refused handshake looks like this.
   */
  readonly tokenRefresh?: "opt-in" | "after-never-opened";
  readonly userSees: CloseConsequence;
}

/** Codes whose policy is more than what the user sees. */
const DETAILS: { readonly [Label in CloseCodeLabel]?: Omit<ClosePolicy, "action" | "userSees"> } = {
  "1005": { tokenRefresh: "after-never-opened" },
  "1006": { tokenRefresh: "after-never-opened" },
  "1012": { advice: "in the reason" },
  "1013": { advice: "in the reason", firstDelay: "longer" },
};

/** What a client does follows from what the user sees: it comes back where that is what the user is told. */
export function policyOfConsequence(userSees: CloseConsequence): ClosePolicy {
  return {
    action: userSees === "reconnecting" ? "retry" : "stop",
    ...(userSees === "authentication failed" && { tokenRefresh: "opt-in" as const }),
    userSees,
  };
}

function policyOf(label: CloseCodeLabel): ClosePolicy {
  return { ...policyOfConsequence(closeConsequence(label)), ...DETAILS[label] };
}

/** The close-code policy: the one table that client, server, dashboards, alerts and runbooks share. */
export const CLOSE_POLICIES: Readonly<Record<CloseCodeLabel, ClosePolicy>> = /* @__PURE__ */ allPolicies();

/** By a call that a bundler may leave out: a page asks for one code at a time. */
function allPolicies(): Record<CloseCodeLabel, ClosePolicy> {
  return Object.fromEntries(CLOSE_CODE_LABELS.map((label) => [label, policyOf(label)])) as Record<
    CloseCodeLabel,
    ClosePolicy
  >;
}

/**
 * The policy for a close code. Never undefined: every code has a decision.
 *
 * @param own what the user sees after private codes that are decided by themselves. Default: none
 */
export function closePolicy(code: number, own: Readonly<Record<number, CloseConsequence>> = {}): ClosePolicy {
  const decided = own[code];
  // Without the table, which a page does not need: ranges have no details, and a code that is in none is decided like them.
  return decided === undefined ? policyOf(String(code) as CloseCodeLabel) : policyOfConsequence(decided);
}

/** A reason that the server may give for closing a connection. */
export type ServerCloseReason =
  | "authentication_required"
  | "authentication_expired"
  | "forbidden"
  | "unsupported_data"
  | "internal_error"
  | "restart"
  | "overload"
  | "heartbeat_timeout"
  | "slow_consumer"
  | "rate_limited"
  | "normal"
  | "going_away";

/** The close code of each reason: the server chooses a reason, and the code follows from it. */
export const SERVER_CLOSE_CODES: Readonly<Record<ServerCloseReason, number>> = {
  authentication_required: 4401,
  authentication_expired: 4401,
  forbidden: 4403,
  unsupported_data: 1003,
  internal_error: 1011,
  restart: 1012,
  overload: 1013,
  // The peer did not answer in time; most often nobody is left to read the code.
  heartbeat_timeout: 3008,
  // Like an overload, but the peer's own: it does not read what is sent to it.
  slow_consumer: 1013,
  // Coming back at once would only go on with it.
  rate_limited: 1008,
  normal: 1000,
  // What many servers say when they stop; `restart` tells a client more.
  going_away: 1001,
};
