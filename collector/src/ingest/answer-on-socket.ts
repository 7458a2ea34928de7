import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { REFUSALS, type RefusalCode } from "@sockscope/catalog/protocol";
import { READABLE_BY_ALL } from "./cross-origin.ts";
import { refusalText } from "./refusal-text.ts";
import type { RequestRefused } from "./request-refused.ts";

/**
 * Answers where node has no response object, because no request was read: its headers are broken, too long or late. Every
 * page may read this refusal, too.
 *
 * The connection stays for a moment, because a client whose bytes arrive at a closed one finds it reset.
 *
 * @param discardMs how long
 */
export function answerOnSocket(socket: Socket, refused: RequestRefused, discardMs: number): void {
  socket.end(rawAnswer(refused.code, refusalText(refused)));
  const deadline = setTimeout(() => socket.destroy(), discardMs);
  socket.once("close", () => clearTimeout(deadline));
}

function rawAnswer(code: RefusalCode, body: string): string {
  const { status } = REFUSALS[code];
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(READABLE_BY_ALL).map(([name, value]) => `${name}: ${value}`),
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(code === "SOCKSCOPE_ERR_METHOD" ? ["Allow: POST"] : []),
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
