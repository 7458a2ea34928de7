import { CLOSE_CODE_MEANINGS, type CloseCodeLabel } from "@sockscope/catalog";
import { type ClosePolicy, closeCodeLabel, closePolicy } from "@sockscope/catalog/runtime";
import { VOCABULARY } from "./generated/vocabulary.ts";

const { closeCodes } = VOCABULARY;

/** What `sockscope.config.json` calls this page's own codes. */
const OWN_NAMES: Readonly<Record<keyof typeof closeCodes, string>> = { 4001: "signed in elsewhere" };

/** What this page does after a close, by Sockscope's codes and its own. */
export function policyOf(code: number): ClosePolicy {
  return closePolicy(code, closeCodes);
}

/** The label under which this page's closes count. */
export function labelOf(code: number): string {
  return closeCodeLabel(code, Object.keys(closeCodes));
}

/** A few words for a close code, from the catalog or the demo's configuration. */
export function nameOf(code: number): string {
  const label = labelOf(code);
  if (Object.hasOwn(OWN_NAMES, label)) return OWN_NAMES[label as unknown as keyof typeof OWN_NAMES];
  return CLOSE_CODE_MEANINGS[label as CloseCodeLabel].name;
}
