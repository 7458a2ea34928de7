import { randomBytes } from "node:crypto";

/** A secret that signs sessions, under the name by which a token says that it was this one. */
export interface SigningKey {
  readonly kid: string;
  readonly secret: Uint8Array;
}

/** As many keys verify: the newest, and the one before, whose tokens are still out there. */
export const KEYS_KEPT = 2;

const SECRET_BYTES = 32;
const KID_BYTES = 8;

/** The keys of a server: the newest signs, and the others verify. */
export class KeyRing {
  #keys: readonly SigningKey[];
  readonly #save: (keys: readonly SigningKey[]) => void;

  /**
   * @param keys the newest first; where there are none, one is made
   * @param save keeps them where a restart finds them. Default: nowhere
   */
  constructor(keys: readonly SigningKey[] = [], save: (keys: readonly SigningKey[]) => void = () => {}) {
    this.#keys = keys.slice(0, KEYS_KEPT);
    this.#save = save;
    if (this.#keys.length === 0) this.rotate();
  }

  /** The key that signs. */
  get newest(): SigningKey {
    const [newest] = this.#keys;
    if (newest === undefined) throw new Error("a key ring always has a key");
    return newest;
  }

  /** The key of this name; undefined for one that was never there, or is no longer. */
  find(kid: string | undefined): SigningKey | undefined {
    return this.#keys.find((key) => key.kid === kid);
  }

  /** A new key signs from now on. Throws, and changes nothing, when it cannot be kept. */
  rotate(): void {
    const key = { kid: randomBytes(KID_BYTES).toString("hex"), secret: randomBytes(SECRET_BYTES) };
    const keys = [key, ...this.#keys].slice(0, KEYS_KEPT);
    this.#save(keys);
    this.#keys = keys;
  }
}
