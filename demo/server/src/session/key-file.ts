import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FileWatch } from "../file-watch.ts";
import { withLock } from "../with-lock.ts";
import { createAtomically, writeAtomically } from "../write-atomically.ts";
import { KeyRing, type KeyStore, newKey, SECRET_BYTES, type SigningKey } from "./key-ring.ts";
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
  return new KeyRing(keyStoreIn(path));
}

function keyStoreIn(path: string): KeyStore {
  const watch = new FileWatch(path);
  return {
    read: () => readKeys(path),
    hasChanged: () => watch.hasChanged(),
    replace: (by) =>
      withLock(`${path}.lock`, () => {
        const keys = by(readKeys(path));
        writeAtomically(path, textOf(keys));
        return keys;
      }),
  };
}

function textOf(keys: readonly SigningKey[]): string {
  const kept = keys.map(({ kid, secret }) => ({ kid, secret: Buffer.from(secret).toString("base64url") }));
  return `${JSON.stringify({ keys: kept }, null, 2)}\n`;
}

function readKeys(path: string): readonly SigningKey[] {
  try {
    const { keys } = JSON.parse(readFileSync(path, "utf8")) as { keys: readonly KeptKey[] };
    if (keys.length === 0) throw new Error("the list is empty");
    return keys.map(readKey);
  } catch (cause) {
    throw new KeysUnreadableError(path, cause);
  }
}

/** A key that anybody can guess lets anybody in. */
function readKey({ kid, secret }: KeptKey): SigningKey {
  const bytes = Buffer.from(secret, "base64url");
  if (bytes.length < SECRET_BYTES)
    throw new Error(`the secret of key "${kid}" has ${bytes.length} bytes; ${SECRET_BYTES} are the least`);
  return { kid: String(kid), secret: bytes };
}
