import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyRingIn } from "./key-file.ts";
import { KeysUnreadableError } from "./keys-unreadable-error.ts";
import { SignedOutSessions } from "./signed-out.ts";

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
    writeFileSync(join(dir, "session-keys.json"), '{"keys":[]}');
    expect(() => keyRingIn(dir)).toThrow(KeysUnreadableError);
  });

  it("are the same for processes that share it, also when one of them makes a new one", () => {
    const [one, other] = [keyRingIn(dir), keyRingIn(dir)];
    expect(other.newest.kid).toBe(one.newest.kid);
    one.rotate();
    expect(other.find(one.newest.kid)?.kid).toBe(one.newest.kid);
    expect(other.newest.kid).toBe(one.newest.kid);
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
  it("stay so after a restart, until nothing of them can be renewed", () => {
    const before = new SignedOutSessions(dir, () => 1_000);
    before.add("a", 2_000);
    before.add("b", 9_000);
    const after = new SignedOutSessions(dir, () => 5_000);
    expect(after.has("a")).toBe(true);
    after.add("c", 9_000);
    expect(["a", "b", "c"].map((id) => after.has(id))).toEqual([false, true, true]);
  });

  it("are forgotten rather than that nothing starts when the file makes no sense", () => {
    writeFileSync(join(dir, "signed-out.json"), "{");
    expect(new SignedOutSessions(dir, () => 0).has("a")).toBe(false);
  });
});
