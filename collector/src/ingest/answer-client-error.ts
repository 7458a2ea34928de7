import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { REFUSALS, type RefusalCode } from "@sockscope/catalog/protocol";
import { refusalText } from "./answer.ts";

const MESSAGES: Partial<Readonly<Record<RefusalCode, string>>> = {
  SOCKSCOPE_ERR_BODY_TIMEOUT: "the request did not arrive in time; send it again",
  SOCKSCOPE_ERR_HTTP:
    "not HTTP as this collector reads it, or headers that are too long; correct the client or a proxy",
};

/**
 * Answers a connection on which no whole request arrived.
 *
 * @returns the refusal to count; undefined when nobody asked anything, or nobody is left to be told
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): RefusalCode | undefined {
  // Browsers open connections that they may never use.
  if (!socket.writable || socket.bytesRead === 0 || error.code === "ECONNRESET") {
    socket.destroy();
    return undefined;
  }
  const code =
    error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "SOCKSCOPE_ERR_BODY_TIMEOUT" : "SOCKSCOPE_ERR_HTTP";
  socket.end(rawRefusal(code), () => socket.destroy());
  return code;
}

function rawRefusal(code: RefusalCode): string {
  const { status } = REFUSALS[code];
  const body = refusalText(code, MESSAGES[code] ?? REFUSALS[code].meaning);
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
