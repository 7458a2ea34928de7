import { isUtf8 } from "node:buffer";
import { MAX_BATCH_BYTES } from "@sockscope/catalog/protocol";

const NOTHING = Buffer.alloc(0);

/**
 * The bytes of a body as they arrive. Never more than a batch may have: kept as a list of chunks, a body sent a byte at a
 * time would take several hundred times its length.
 */
export class BodyBytes {
  #bytes: Buffer = NOTHING;
  #length = 0;

  /** Takes the next chunk. False when the body is longer than a batch may be; then nothing more is kept. */
  append(chunk: Buffer): boolean {
    const start = this.#length;
    this.#length += chunk.length;
    if (this.#length > MAX_BATCH_BYTES) return false;
    // Most bodies arrive in one chunk, which needs no copy.
    if (start === 0) this.#bytes = chunk;
    else chunk.copy(this.#roomAfter(start), start);
    return true;
  }

  /** The body as text; undefined when it is not UTF-8, because decoding would quietly replace what is not. */
  text(): string | undefined {
    const body = this.#bytes.subarray(0, this.#length);
    return isUtf8(body) ? body.toString("utf8") : undefined;
  }

  #roomAfter(kept: number): Buffer {
    if (this.#bytes.length < MAX_BATCH_BYTES) {
      const room = Buffer.allocUnsafe(MAX_BATCH_BYTES);
      this.#bytes.copy(room, 0, 0, kept);
      this.#bytes = room;
    }
    return this.#bytes;
  }
}
