import { randomBytes } from "node:crypto";

/** A secret that signs sessions, under the name by which a token says that it was this one. */
export interface SigningKey {
  readonly kid: string;
  readonly secret: Uint8Array;
}

/** Where keys outlive a process, and are shared by several. */
export interface KeyStore {
  /** The keys that are there now, the newest first; at least one. */
  read(): readonly SigningKey[];
  /** Whether there may be others than when they were last read. */
  hasChanged(): boolean;
  /** Replaces them, while no other process does, and says by which. Throws, and changes nothing, when they cannot be kept. */
  replace(by: (keys: readonly SigningKey[]) => readonly SigningKey[]): readonly SigningKey[];
}

/** As many keys verify: the newest, and the one before, whose tokens are still out there. */
const KEYS_KEPT = 2;

/** What HS256 wants at the least. See {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.2 | RFC 7518, 3.2}. */
export const SECRET_BYTES = 32;
const KID_BYTES = 8;

/** A key that nobody has had before. */
export function newKey(): SigningKey {
  return { kid: randomBytes(KID_BYTES).toString("hex"), secret: randomBytes(SECRET_BYTES) };
}

/** The keys of a server: the newest signs, and the others verify. */
export class KeyRing {
  #keys: readonly SigningKey[];
  readonly #store: KeyStore | undefined;

  /**
   * @param store where the keys are. Default: they are made here and end with the process
   */
  constructor(store?: KeyStore) {
    this.#store = store;
    this.#keys = store?.read() ?? [newKey()];
  }

  /** The key that signs; another process may have made it a moment ago. */
  get newest(): SigningKey {
    this.#refresh();
    const [newest] = this.#keys;
    if (newest === undefined) throw new Error("a key ring always has a key");
    return newest;
  }

  /** The key of this name; undefined for one that is none, or no longer. */
  find(kid: string | undefined): SigningKey | undefined {
    this.#refresh();
    return this.#withName(kid);
  }

  /** A new key signs from now on, in every process with the same store. Throws, and changes nothing, when it cannot be kept. */
  rotate(): void {
    this.#keys = this.#store?.replace(withNewKey) ?? withNewKey(this.#keys);
  }

  /** What cannot be read at the moment is as it was. */
  #refresh(): void {
    try {
      if (this.#store?.hasChanged()) this.#keys = this.#store.read();
    } catch {}
  }

  #withName(kid: string | undefined): SigningKey | undefined {
    return this.#keys.find((key) => key.kid === kid);
  }
}

function withNewKey(keys: readonly SigningKey[]): readonly SigningKey[] {
  return [newKey(), ...keys].slice(0, KEYS_KEPT);
}
