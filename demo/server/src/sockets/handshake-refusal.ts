import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Why a handshake is answered with an error of HTTP. */
export type HandshakeRefusal =
  | "DEMO_ERR_NO_SUCH_ROUTE"
  | "DEMO_ERR_ORIGIN"
  | "DEMO_ERR_FORBIDDEN"
  | "DEMO_ERR_RESTARTING";

/** What each refusal says, to whoever reads the answer with a tool: a browser shows scripts none of it. */
const REFUSALS: Readonly<Record<HandshakeRefusal, { readonly status: number; readonly message: string }>> = {
  DEMO_ERR_NO_SUCH_ROUTE: { status: 404, message: "There is no WebSocket at this path." },
  DEMO_ERR_ORIGIN: {
    status: 403,
    message: "Pages of this origin may not connect; allow it with --allow-origin.",
  },
  DEMO_ERR_FORBIDDEN: { status: 403, message: "The fault forbid_handshake is on." },
  DEMO_ERR_RESTARTING: { status: 503, message: "The chat is restarting; come back in a moment." },
};

/** Answers a handshake with an error of HTTP. */
export function refuseHandshake(stream: Duplex, code: HandshakeRefusal): void {
  const { status, message } = REFUSALS[code];
  const body = JSON.stringify({ code, message });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Connection: close",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(status === 503 ? ["Retry-After: 1"] : []),
  ];
  stream.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
