import type { IncomingMessage } from "node:http";

/** What is read and thrown away of a refused request: what a browser may have under way, not what a flood sends. */
const MOST_BYTES = 262_144;

/**
 * Reads on and forgets what it reads, until the request is over or has taken more than a refused one may.
 *
 * See {@link https://www.rfc-editor.org/rfc/rfc9112#section-9.6 | RFC 9112, 9.6: closing in stages}.
 *
 * @param whenDone called once
 */
export function discardBody(request: IncomingMessage, longestMs: number, whenDone: () => void): void {
  let left = MOST_BYTES;
  const finish = (): void => {
    clearTimeout(deadline);
    request.off("data", discard).off("end", finish).off("close", finish);
    whenDone();
  };
  const discard = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left < 0) finish();
  };
  const deadline = setTimeout(finish, longestMs);
  request.on("data", discard).on("end", finish).on("close", finish);
}
