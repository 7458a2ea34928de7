import { type CloseCodeLabel, closeCodeLabel } from "./close-code-label.ts";

/** What a client does after a connection closed, and what its user is told. The meanings are in `close-code-meanings.ts`. */
export interface ClosePolicy {
  /** `stop`: no attempt follows on its own. `retry`: reconnect with backoff. */
  readonly action: "stop" | "retry";
  /** `longer`: the first delay is longer than usual, because the server is overloaded. */
  readonly firstDelay?: "longer";
  /**
   * `opt-in`: the application may choose to refresh the token once and try once more before it stops.
   * `after-never-opened`: repeated closes before `open` force a refresh, because a refused handshake looks like this.
   */
  readonly tokenRefresh?: "opt-in" | "after-never-opened";
  readonly userSees: "nothing" | "reconnecting" | "error" | "authentication failed";
}

const STOP_ERROR: ClosePolicy = { action: "stop", userSees: "error" };
const RETRY: ClosePolicy = { action: "retry", userSees: "reconnecting" };
const STOP_AUTHENTICATION: ClosePolicy = {
  action: "stop",
  tokenRefresh: "opt-in",
  userSees: "authentication failed",
};
const RETRY_ABNORMAL: ClosePolicy = { ...RETRY, tokenRefresh: "after-never-opened" };

/**
 * The close-code policy: the one table that client, server, dashboards, alerts and runbooks share. Every code has a
 * decided entry; the ranges at the end are decisions too, not a default.
 *
 * See {@link https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number | the IANA registry}.
 */
export const CLOSE_POLICIES: Readonly<Record<CloseCodeLabel, ClosePolicy>> = {
  "1000": { action: "stop", userSees: "nothing" },
  "1001": RETRY,
  // The peer says that we break the protocol; it will say so again.
  "1002": STOP_ERROR,
  "1003": STOP_ERROR,
  // Reserved, so whoever sends it is broken in a way that a new attempt does not mend.
  "1004": STOP_ERROR,
  "1005": RETRY_ABNORMAL,
  "1006": RETRY_ABNORMAL,
  // 1007 and 1009 are about one message; after a new connection the next message may be fine.
  "1007": RETRY,
  "1008": STOP_ERROR,
  "1009": RETRY,
  // The client misses an extension that it will miss next time as well.
  "1010": STOP_ERROR,
  "1011": RETRY,
  "1012": RETRY,
  "1013": { ...RETRY, firstDelay: "longer" },
  // A gateway's 502: the upstream may be back in a moment.
  "1014": RETRY,
  // Certificates rarely mend themselves, but captive portals do go away.
  "1015": RETRY,
  "3000": STOP_AUTHENTICATION,
  "3003": STOP_ERROR,
  "3008": RETRY,
  // Libraries and frameworks: unknown to us, so try again; the number of attempts is bounded.
  "3xxx": RETRY,
  "4401": STOP_AUTHENTICATION,
  "4403": STOP_ERROR,
  // Private use: an application that wants to stop its clients says so with 4401, 4403 or 1008.
  "4xxx": RETRY,
  // Below 1000, or 1016 to 2999: no endpoint may send these, so a middlebox or a bug did.
  unassigned: RETRY,
};

/** The policy for a close code. Never undefined: every code has a decision. */
export function closePolicy(code: number): ClosePolicy {
  return CLOSE_POLICIES[closeCodeLabel(code)];
}

/** A reason that the server may give for closing a connection. */
export type ServerCloseReason =
  | "authentication_required"
  | "authentication_expired"
  | "forbidden"
  | "unsupported_data"
  | "internal_error"
  | "restart"
  | "overload";

/** The close code of each reason: the server chooses a reason, and the code follows from it. */
export const SERVER_CLOSE_CODES: Readonly<Record<ServerCloseReason, number>> = {
  authentication_required: 4401,
  authentication_expired: 4401,
  forbidden: 4403,
  unsupported_data: 1003,
  internal_error: 1011,
  restart: 1012,
  overload: 1013,
};
