import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createAtomically, writeAtomically } from "../write-atomically.ts";
import { KeyRing, newKey, type SigningKey } from "./key-ring.ts";
import { KeysUnreadableError } from "./keys-unreadable-error.ts";

interface KeptKey {
  readonly kid: string;
  readonly secret: string;
}

/**
 * The keys in a state directory, so that a restart ends nobody's session.
 *
 * @param stateDir undefined for keys that end with the process
 * @throws KeysUnreadableError when there is a file that has no keys: making new ones would sign everybody out
 */
export function keyRingIn(stateDir: string | undefined): KeyRing {
  if (stateDir === undefined) return new KeyRing();
  const path = join(stateDir, "session-keys.json");
  createAtomically(path, textOf([newKey()]));
  return new KeyRing({
    read: () => readKeys(path),
    write: (keys) => writeAtomically(path, textOf(keys)),
  });
}

function textOf(keys: readonly SigningKey[]): string {
  const kept = keys.map(({ kid, secret }) => ({ kid, secret: Buffer.from(secret).toString("base64url") }));
  return `${JSON.stringify({ keys: kept }, null, 2)}\n`;
}

function readKeys(path: string): readonly SigningKey[] {
  try {
    const { keys } = JSON.parse(readFileSync(path, "utf8")) as { keys: readonly KeptKey[] };
    if (keys.length === 0) throw new Error("the list is empty");
    return keys.map(({ kid, secret }) => ({ kid: String(kid), secret: Buffer.from(secret, "base64url") }));
  } catch (cause) {
    throw new KeysUnreadableError(path, cause);
  }
}
