import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyRingIn } from "./key-file.ts";
import { KeysUnreadableError } from "./keys-unreadable-error.ts";
import { SignedOutSessions, SignedOutUnreadableError } from "./signed-out.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "sockscope-keys-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("keys in a state directory", () => {
  it("are the same after a restart, the newest first", () => {
    const before = keyRingIn(dir);
    const first = before.newest;
    before.rotate();
    const after = keyRingIn(dir);
    expect(after.newest.kid).toBe(before.newest.kid);
    expect(Buffer.from(after.find(first.kid)?.secret ?? [])).toEqual(Buffer.from(first.secret));
  });

  it("can be read by their owner only, and leave no draft behind", () => {
    keyRingIn(dir);
    expect(readdirSync(dir)).toEqual(["session-keys.json"]);
    expect(statSync(join(dir, "session-keys.json")).mode & 0o777).toBe(0o600);
  });

  it("are not replaced when they cannot be read, since that would sign everybody out", () => {
    writeFileSync(join(dir, "session-keys.json"), "{");
    expect(() => keyRingIn(dir)).toThrow(KeysUnreadableError);
    for (const keys of [
      "[]",
      "null",
      '[{"kid":"x","secret":""}]',
      '[{"kid":"x","secret":"AA"}]',
      '[{"kid":"x"}]',
    ]) {
      writeFileSync(join(dir, "session-keys.json"), `{"keys":${keys}}`);
      expect(() => keyRingIn(dir)).toThrow(KeysUnreadableError);
    }
  });

  it("are the same for processes that share it, also when one of them makes a new one", () => {
    const [one, other] = [keyRingIn(dir), keyRingIn(dir)];
    expect(other.newest.kid).toBe(one.newest.kid);
    one.rotate();
    expect(other.find(one.newest.kid)?.kid).toBe(one.newest.kid);
    expect(other.newest.kid).toBe(one.newest.kid);
  });

  it("are one new one and the one before when several processes make a new one, one after the other", () => {
    const [one, other] = [keyRingIn(dir), keyRingIn(dir)];
    one.rotate();
    const made = one.newest.kid;
    other.rotate();
    expect(one.newest.kid).toBe(other.newest.kid);
    expect(one.find(made)?.kid).toBe(made);
    expect(readdirSync(dir)).toEqual(["session-keys.json"]);
  });

  it("need nothing written when they are there", () => {
    keyRingIn(dir);
    const { ino, mtimeMs } = statSync(dir);
    keyRingIn(dir);
    expect(statSync(dir)).toMatchObject({ ino, mtimeMs });
  });

  it("stay as they were when a new one cannot be kept", () => {
    const keys = keyRingIn(dir);
    const { kid } = keys.newest;
    rmSync(dir, { recursive: true });
    expect(() => keys.rotate()).toThrow("ENOENT");
    expect(keys.newest.kid).toBe(kid);
    dir = mkdtempSync(join(tmpdir(), "sockscope-keys-"));
  });

  it("end with the process where there is no directory", () => {
    expect(keyRingIn(undefined).newest.kid).not.toBe(keyRingIn(undefined).newest.kid);
  });
});

describe("sessions that are signed out", () => {
  let errors: unknown[];
  beforeEach(() => {
    errors = [];
  });

  function signedOut(nowMs: number): SignedOutSessions {
    return new SignedOutSessions({
      stateDir: dir,
      now: () => nowMs,
      reportError: (error) => errors.push(error),
    });
  }

  it("stay so after a restart, until nothing of them can be renewed", () => {
    const before = signedOut(1_000);
    before.add("a", 2_000);
    before.add("b", 9_000);
    const after = signedOut(5_000);
    expect(after.has("a")).toBe(true);
    after.add("c", 9_000);
    expect(["a", "b", "c"].map((id) => after.has(id))).toEqual([false, true, true]);
  });

  it.each(["{", "null", "[1", '{"a":"never"}'])(
    "are forgotten rather than that nothing starts when the file is %s, and that is said",
    (text) => {
      writeFileSync(join(dir, "signed-out.json"), text);
      expect(signedOut(0).has("a")).toBe(false);
      expect(errors).toEqual([expect.any(SignedOutUnreadableError)]);
    },
  );

  it("are so for every process that shares the directory, and none forgets another's", () => {
    const [one, other] = [signedOut(0), signedOut(0)];
    one.add("a", 1_000);
    expect(other.has("a")).toBe(true);
    other.add("b", 1_000);
    one.add("c", 1_000);
    const after = signedOut(0);
    expect(["a", "b", "c"].map((id) => after.has(id))).toEqual([true, true, true]);
  });

  it("are kept although a process died while it kept another", () => {
    const lock = join(dir, "signed-out.json.lock");
    writeFileSync(lock, "");
    utimesSync(lock, 0, 0);
    signedOut(0).add("a", 1_000);
    expect(signedOut(0).has("a")).toBe(true);
    expect(readdirSync(dir)).toEqual(["signed-out.json"]);
  });
});
