import type { RefusalBody } from "@sockscope/catalog/protocol";
import type { RequestRefused } from "./request-refused.ts";

/** The body of a refusal. */
export function refusalText({ code, message }: RequestRefused): string {
  return JSON.stringify({ code, message } satisfies RefusalBody);
}
