import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { KeyRing } from "./key-ring.ts";
import { SessionTokens } from "./session-tokens.ts";

const LIFETIME_MS = 900_000;

let nowMs: number;
let keys: KeyRing;
let tokens: SessionTokens;
beforeEach(() => {
  nowMs = 1_700_000_000_000;
  keys = new KeyRing();
  tokens = new SessionTokens({ keys, lifetimeMs: LIFETIME_MS, now: () => nowMs });
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token with any header and claims, signed as HS256 does with the newest key, or with a stranger's. */
function crafted(header: object, claims: object, secret: Uint8Array = keys.newest.secret): string {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

const claims = () => ({ sub: "root", sid: "s", exp: nowMs / 1000 + 900 });

describe("a session's token", () => {
  it("is valid for its user until it expires, to the millisecond", async () => {
    const token = await tokens.issue("ann", "session-1");
    nowMs += LIFETIME_MS - 1_000;
    const valid = { status: "valid", user: "ann", id: "session-1", expiresAtMs: nowMs + 1_000 };
    expect(await tokens.check(token)).toEqual(valid);
    nowMs += 1_000;
    expect(await tokens.check(token)).toEqual({ ...valid, status: "expired" });
  });

  it("verifies with the key before the newest, and no longer with the one before that", async () => {
    const token = await tokens.issue("ann");
    keys.rotate();
    expect((await tokens.check(token)).status).toBe("valid");
    expect((await tokens.check(await tokens.issue("ann"))).status).toBe("valid");
    keys.rotate();
    expect((await tokens.check(token)).status).toBe("missing");
  });

  it("is as good as its craft", async () => {
    const token = crafted({ alg: "HS256", kid: keys.newest.kid }, claims());
    expect(await tokens.check(token)).toMatchObject({ status: "valid", user: "root" });
  });

  it.each([
    ["has no algorithm", () => `${part({ alg: "none", kid: keys.newest.kid })}.${part(claims())}.`],
    ["names none and is signed", () => crafted({ alg: "none", kid: keys.newest.kid }, claims())],
    ["names another algorithm", () => crafted({ alg: "HS512", kid: keys.newest.kid }, claims())],
    [
      "was signed by somebody else",
      () => crafted({ alg: "HS256", kid: keys.newest.kid }, claims(), Buffer.alloc(32)),
    ],
    ["names a key that there never was", () => crafted({ alg: "HS256", kid: "0" }, claims())],
    ["names no key", () => crafted({ alg: "HS256" }, claims())],
    [
      "begins to be valid later",
      () => crafted({ alg: "HS256", kid: keys.newest.kid }, { ...claims(), nbf: nowMs / 1000 + 60 }),
    ],
    ["never expires", () => crafted({ alg: "HS256", kid: keys.newest.kid }, { sub: "root", sid: "s" })],
    [
      "belongs to nobody",
      () => crafted({ alg: "HS256", kid: keys.newest.kid }, { ...claims(), sub: undefined }),
    ],
    ["is no session's", () => crafted({ alg: "HS256", kid: keys.newest.kid }, { ...claims(), sid: 7 })],
    [
      "is expired and forged",
      () => crafted({ alg: "HS256", kid: keys.newest.kid }, { ...claims(), exp: 1 }, Buffer.alloc(32)),
    ],
    ["is nothing of that kind", () => "a.b.c"],
    ["is empty", () => ""],
  ])("is worth nothing when it %s", async (_, token) => {
    expect(await tokens.check(token())).toEqual({ status: "missing" });
  });
});
