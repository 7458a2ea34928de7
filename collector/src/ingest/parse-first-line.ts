import type { BatchHead } from "@sockscope/catalog/protocol";
import { firstParts } from "./first-parts.ts";
import { malformed } from "./malformed.ts";
import { wholeNumberIn } from "./number-in-text.ts";

/**
 * What a batch says of itself in its first line. Words after the known ones are ignored.
 *
 * @throws RequestRefused
 */
export function parseFirstLine(line: string): BatchHead {
  const [seq, closedMsAgo, leaving] = firstParts(line, " ", 3);
  return {
    seq: asWholeNumber(seq, "seq", 1),
    closedMsAgo: asWholeNumber(closedMsAgo, "closed_ms_ago", 0),
    leaving: leaving === "leaving",
  };
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
