import type { SessionCheck, SessionTokens } from "./session-tokens.ts";
import type { SignedOutSessions } from "./signed-out.ts";

/** Lets nobody in whose user has signed out, though the token has not expired. */
export class SessionGate implements Pick<SessionTokens, "check"> {
  readonly #tokens: Pick<SessionTokens, "check">;
  readonly #signedOut: SignedOutSessions;

  constructor(tokens: Pick<SessionTokens, "check">, signedOut: SignedOutSessions) {
    this.#tokens = tokens;
    this.#signedOut = signedOut;
  }

  async check(token: string | undefined): Promise<SessionCheck> {
    const session = await this.#tokens.check(token);
    return session.status !== "missing" && this.#signedOut.has(session.id) ? { status: "missing" } : session;
  }
}
