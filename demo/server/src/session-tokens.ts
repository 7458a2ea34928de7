import { randomBytes } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";

/** What a session token turned out to be. `missing` is also a token that this server never issued. */
export type SessionCheck =
  | { readonly status: "valid"; readonly user: string; readonly expiresAtMs: number }
  | { readonly status: "expired"; readonly user: string }
  | { readonly status: "missing" };

const ALGORITHM = "HS256";
const MISSING: SessionCheck = { status: "missing" };

/** Issues and checks the demo's session tokens. The key is random and dies with the process. */
export class SessionTokens {
  readonly #key = randomBytes(32);
  /** How long a token is valid. */
  readonly lifetimeMs: number;

  /** @param lifetimeMs how long a token is valid */
  constructor(lifetimeMs: number) {
    this.lifetimeMs = lifetimeMs;
  }

  /** A token for this user, valid from now on. */
  issue(user: string): Promise<string> {
    return this.#sign(user, Date.now() + this.lifetimeMs);
  }

  /** A token that was valid for this user and no longer is. */
  issueExpired(user: string): Promise<string> {
    return this.#sign(user, Date.now() - 1000);
  }

  /** Never rejects: whatever is not a token of this server is `missing`. */
  async check(token: string | undefined): Promise<SessionCheck> {
    if (token === undefined) return MISSING;
    try {
      const { payload } = await jwtVerify(token, this.#key, { algorithms: [ALGORITHM] });
      const { sub: user, exp } = payload;
      if (user === undefined || exp === undefined) return MISSING;
      return { status: "valid", user, expiresAtMs: exp * 1000 };
    } catch (error) {
      // The signature was checked before the expiry, so the user in an expired token can be believed.
      const user = error instanceof errors.JWTExpired ? error.payload.sub : undefined;
      return user === undefined ? MISSING : { status: "expired", user };
    }
  }

  #sign(user: string, expiresAtMs: number): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM })
      .setSubject(user)
      .setExpirationTime(Math.floor(expiresAtMs / 1000))
      .sign(this.#key);
  }
}
