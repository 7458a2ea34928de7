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
  /** Replaces them. */
  write(keys: readonly SigningKey[]): void;
}

/** As many keys verify: the newest, and the one before, whose tokens are still out there. */
const KEYS_KEPT = 2;

const SECRET_BYTES = 32;
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

  /** The key that signs. */
  get newest(): SigningKey {
    const [newest] = this.#keys;
    if (newest === undefined) throw new Error("a key ring always has a key");
    return newest;
  }

  /** The key of this name, which another process may have made a moment ago; undefined for one that is none, or no longer. */
  find(kid: string | undefined): SigningKey | undefined {
    if (kid !== undefined && this.#withName(kid) === undefined && this.#store !== undefined)
      this.#keys = this.#store.read();
    return this.#withName(kid);
  }

  /** A new key signs from now on. Throws, and changes nothing, when it cannot be kept. */
  rotate(): void {
    const keys = [newKey(), ...this.#keys].slice(0, KEYS_KEPT);
    this.#store?.write(keys);
    this.#keys = keys;
  }

  #withName(kid: string | undefined): SigningKey | undefined {
    return this.#keys.find((key) => key.kid === kid);
  }
}
