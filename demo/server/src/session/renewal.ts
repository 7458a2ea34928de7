import type { Session, SessionCheck } from "./session-tokens.ts";
import type { SignedOutSessions } from "./signed-out.ts";

/** So long after its token expired a session can be renewed, in ms: a laptop may have slept over a weekend. */
export const RENEWABLE_MS = 259_200_000;

/** Why a session cannot be renewed. */
export type RenewalRefusal = "DEMO_ERR_SESSION" | "DEMO_ERR_SIGNED_OUT" | "DEMO_ERR_SESSION_TOO_OLD";

/** What each refusal says. */
export const RENEWAL_REFUSALS: Readonly<Record<RenewalRefusal, string>> = {
  DEMO_ERR_SESSION: "There is no session; load the page first.",
  DEMO_ERR_SIGNED_OUT: "The user has signed out; load the page again.",
  DEMO_ERR_SESSION_TOO_OLD: "The session ended too long ago; load the page again.",
};

/** The session that goes on with a new token, or why none does. */
export function renewable(
  check: SessionCheck,
  signedOut: SignedOutSessions,
  nowMs: number,
): Session | RenewalRefusal {
  if (check.status === "missing") return "DEMO_ERR_SESSION";
  if (signedOut.has(check.id)) return "DEMO_ERR_SIGNED_OUT";
  return nowMs - check.expiresAtMs > RENEWABLE_MS ? "DEMO_ERR_SESSION_TOO_OLD" : check;
}
