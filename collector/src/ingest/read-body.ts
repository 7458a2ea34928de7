import type { IncomingMessage } from "node:http";
import { MAX_BATCH_BYTES } from "@sockscope/catalog/protocol";
import { RequestRefused } from "./request-refused.ts";

/**
 * The body of a request, as far as a batch may be long.
 *
 * @returns undefined when the client went away, or was too slow and has been answered
 * @throws RequestRefused when the body is longer; the rest of it is not read
 */
export function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BATCH_BYTES) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      reject(tooLarge());
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
  });
}

function tooLarge(): RequestRefused {
  return new RequestRefused(
    "SOCKSCOPE_ERR_BODY_TOO_LARGE",
    `the body has more than ${MAX_BATCH_BYTES} bytes, the most that a batch has`,
  );
}
