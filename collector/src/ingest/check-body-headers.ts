import type { IncomingHttpHeaders } from "node:http";
import { MAX_BATCH_BYTES } from "@sockscope/catalog/protocol";
import { describeValue } from "./describe-value.ts";
import { RequestRefused } from "./request-refused.ts";

/**
 * Whether the body is worth reading: nothing unusual is expected, and it is not compressed, text, and not declared too long.
 *
 * @throws RequestRefused
 */
export function checkBodyHeaders(headers: IncomingHttpHeaders): void {
  checkExpectation(headers.expect);
  checkContentEncoding(headers["content-encoding"]);
  checkContentType(headers["content-type"]);
  checkContentLength(headers["content-length"]);
}

function checkExpectation(expectation: string | undefined): void {
  if (expectation === undefined || expectation.toLowerCase() === "100-continue") return;
  throw new RequestRefused(
    "SOCKSCOPE_ERR_HTTP",
    `Expect is ${describeValue(expectation)}; send the request without it`,
  );
}

/** A small compressed body can unfold to any size, so none is unfolded. */
function checkContentEncoding(encoding: string | undefined): void {
  if (encoding === undefined) return;
  throw new RequestRefused(
    "SOCKSCOPE_ERR_CONTENT_ENCODING",
    `Content-Encoding is ${describeValue(encoding)}; send the body as it is`,
  );
}

/** What browsers make of a text that a page sends. */
const BROWSERS_TYPE = "text/plain;charset=UTF-8";

/** Any type that browsers let pages send only after a preflight would be a client that PROTOCOL.md does not describe. */
function checkContentType(type: string | undefined): void {
  if (type === BROWSERS_TYPE) return;
  const mediaType = type?.split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType === "text/plain") return;
  throw new RequestRefused(
    "SOCKSCOPE_ERR_CONTENT_TYPE",
    `Content-Type is ${describeValue(type)}; use text/plain`,
  );
}

function checkContentLength(length: string | undefined): void {
  if (Number(length ?? 0) <= MAX_BATCH_BYTES) return;
  throw new RequestRefused(
    "SOCKSCOPE_ERR_BODY_TOO_LARGE",
    `the body has ${length} bytes; a batch has at most ${MAX_BATCH_BYTES}`,
  );
}
