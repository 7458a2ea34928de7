import { type BatchHead, PROTOCOL_VERSION } from "@sockscope/catalog/protocol";
import { describeKind, describeValue } from "./describe-value.ts";
import { firstParts } from "./first-parts.ts";
import { malformed } from "./malformed.ts";
import { wholeNumberIn } from "./number-in-text.ts";
import { RequestRefused } from "./request-refused.ts";

const PROTOCOL = "sockscope/";
const SPOKEN = `${PROTOCOL}${PROTOCOL_VERSION}`;

/**
 * What a batch says of itself in its first line. Words after the known ones are ignored.
 *
 * @throws RequestRefused
 */
export function parseFirstLine(line: string): BatchHead {
  const [protocol = "", seq, closedMsAgo, leaving] = firstParts(line, " ", 4);
  checkVersion(protocol);
  return {
    seq: asWholeNumber(seq, "seq", 1),
    closedMsAgo: asWholeNumber(closedMsAgo, "closed_ms_ago", 0),
    leaving: leaving === "leaving",
  };
}

/** Before anything else: what follows is only known of the version that this collector speaks. */
function checkVersion(protocol: string): void {
  if (protocol === SPOKEN) return;
  if (!protocol.startsWith(PROTOCOL)) throw malformed("the first word", protocol, SPOKEN);
  const version = protocol.slice(PROTOCOL.length);
  const refusal = (received: string): string =>
    `version is ${received}; this collector speaks ${PROTOCOL_VERSION}`;
  throw new RequestRefused(
    "SOCKSCOPE_ERR_VERSION",
    refusal(describeValue(version)),
    refusal(describeKind(version)),
  );
}

function asWholeNumber(text: string | undefined, field: string, least: number): number {
  const number = wholeNumberIn(text ?? "");
  if (number >= least && number <= Number.MAX_SAFE_INTEGER) return number;
  throw malformed(
    `${field} in line 1`,
    text,
    `a whole number from ${least} to ${Number.MAX_SAFE_INTEGER} in digits`,
  );
}
