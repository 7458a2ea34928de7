import type { Switchboard } from "@sockscope/demo/faults";
import type { SessionCheck, SessionTokens } from "../session/session-tokens.ts";

/** Checks tokens, and has those that were issued before the fault `expire_tokens` began be expired while that is on. */
export class ExpiringTokens implements Pick<SessionTokens, "check"> {
  readonly #tokens: SessionTokens;
  #beganAtMs: number | undefined;

  constructor(tokens: SessionTokens, faults: Switchboard, now: () => number) {
    this.#tokens = tokens;
    faults.onChange((id) => {
      if (id !== "expire_tokens") return;
      this.#beganAtMs = faults.active(id) && (this.#beganAtMs ?? now());
    });
  }

  async check(token: string | undefined): Promise<SessionCheck> {
    const session = await this.#tokens.check(token);
    if (session.status !== "valid" || this.#beganAtMs === undefined) return session;
    const issuedAtMs = session.expiresAtMs - this.#tokens.lifetimeMs;
    return issuedAtMs < this.#beganAtMs ? { ...session, status: "expired" } : session;
  }
}
