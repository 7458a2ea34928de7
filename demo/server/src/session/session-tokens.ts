import { randomUUID } from "node:crypto";
import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from "jose";
import type { KeyRing } from "./key-ring.ts";

/** Whose session it is. */
export interface Session {
  readonly user: string;
  /** The same through every renewal. */
  readonly id: string;
}

/** What a session token turned out to be. `missing` is also a token that this server never issued. */
export type SessionCheck =
  | (Session & { readonly status: "valid"; readonly expiresAtMs: number })
  | (Session & { readonly status: "expired"; readonly expiresAtMs: number })
  | { readonly status: "missing" };

/** What tokens need from outside. */
export interface SessionTokensEnvironment {
  readonly keys: KeyRing;
  /** How long a token is valid. */
  readonly lifetimeMs: number;
  /** The wall clock, in ms since the epoch. */
  readonly now: () => number;
}

/** Named here and nowhere in a token's hands: what its header asks for (`none`, another algorithm) is not asked. */
const ALGORITHM = "HS256";
const MISSING: SessionCheck = { status: "missing" };

/** Issues and checks the demo's session tokens. */
export class SessionTokens {
  readonly lifetimeMs: number;
  readonly #keys: KeyRing;
  readonly #now: () => number;

  constructor({ keys, lifetimeMs, now }: SessionTokensEnvironment) {
    this.#keys = keys;
    this.lifetimeMs = lifetimeMs;
    this.#now = now;
  }

  /** A token for a session, valid from now on. Default: a new session. */
  issue(user: string, id: string = randomUUID()): Promise<string> {
    return this.#sign({ user, id }, this.#now() + this.lifetimeMs);
  }

  /** A token that was valid for this session and no longer is. */
  issueExpired(session: Session): Promise<string> {
    return this.#sign(session, this.#now() - 1000);
  }

  /** Never rejects: whatever is not a token of this server is `missing`. */
  async check(token: string | undefined): Promise<SessionCheck> {
    if (token === undefined) return MISSING;
    try {
      const { payload } = await jwtVerify(token, this.#keyOf(token), {
        algorithms: [ALGORITHM],
        currentDate: new Date(this.#now()),
      });
      return sessionOf(payload, "valid");
    } catch (error) {
      // The signature was checked before the expiry, so what an expired token says can be believed.
      return error instanceof errors.JWTExpired ? sessionOf(error.payload, "expired") : MISSING;
    }
  }

  /** Throws for a token that names no key of this server. */
  #keyOf(token: string): Uint8Array {
    const key = this.#keys.find(decodeProtectedHeader(token).kid);
    if (key === undefined) throw new Error("no such key");
    return key.secret;
  }

  #sign({ user, id }: Session, expiresAtMs: number): Promise<string> {
    const { kid, secret } = this.#keys.newest;
    return (
      new SignJWT({ sid: id })
        .setProtectedHeader({ alg: ALGORITHM, kid })
        .setSubject(user)
        // Not a whole number of seconds: of two tokens of one second, it says which came first.
        .setExpirationTime(expiresAtMs / 1000)
        .sign(secret)
    );
  }
}

interface Claims {
  readonly sub?: string;
  readonly exp?: number;
  readonly [claim: string]: unknown;
}

function sessionOf({ sub: user, exp, sid: id }: Claims, status: "valid" | "expired"): SessionCheck {
  if (user === undefined || exp === undefined || typeof id !== "string") return MISSING;
  return { status, user, id, expiresAtMs: Math.round(exp * 1000) };
}
