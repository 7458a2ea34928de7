import type { IncomingMessage } from "node:http";
import { MAX_BATCH_BYTES } from "@sockscope/catalog/protocol";
import { BodyBytes } from "./body-bytes.ts";
import { RequestRefused } from "./request-refused.ts";

/**
 * The body of a request.
 *
 * @returns undefined when the client went away, or was too slow and has been answered
 * @throws RequestRefused when it is longer than a batch may be, or not UTF-8
 */
export function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const bytes = new BodyBytes();
    request.on("data", (chunk: Buffer) => {
      if (!bytes.append(chunk)) reject(tooLarge());
    });
    request.on("end", () => {
      const text = bytes.text();
      if (text === undefined) reject(notUtf8());
      else resolve(text);
    });
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

function notUtf8(): RequestRefused {
  return new RequestRefused("SOCKSCOPE_ERR_TEXT", "the body is not UTF-8; send a batch as text in UTF-8");
}
