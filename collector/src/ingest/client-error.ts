import type { Socket } from "node:net";
import { RequestRefused } from "./request-refused.ts";

/** The system's and llhttp's codes for a client that left in the middle of a request, as browsers do when a page goes. */
const WENT_AWAY: ReadonlySet<string | undefined> = new Set(["ECONNRESET", "EPIPE", "HPE_INVALID_EOF_STATE"]);

/** Whether nobody is left who asked anything. Browsers also open connections that they then never use. */
export function wentAway({ code }: NodeJS.ErrnoException, socket: Socket): boolean {
  return socket.bytesRead === 0 || WENT_AWAY.has(code);
}

/** The refusal for what node's HTTP server does not take for a request. */
export function refusalOfClientError({ code }: NodeJS.ErrnoException): RequestRefused {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new RequestRefused(
      "SOCKSCOPE_ERR_BODY_TIMEOUT",
      "the request did not arrive in time; send it again",
    );
  }
  return new RequestRefused(
    "SOCKSCOPE_ERR_HTTP",
    "not HTTP as this collector reads it, or headers that are too long; correct the client or a proxy",
  );
}
