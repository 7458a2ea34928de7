import { type ClosePolicy, closeCodeLabel, closePolicy } from "@sockscope/catalog/runtime";
import { VOCABULARY } from "./generated/vocabulary.ts";

const { closeCodes } = VOCABULARY;

/** What this page does after a close, by Sockscope's codes and its own. */
export function policyOf(code: number): ClosePolicy {
  return closePolicy(code, closeCodes);
}

/** The label under which this page's closes count. */
export function labelOf(code: number): string {
  return closeCodeLabel(code, Object.keys(closeCodes));
}
