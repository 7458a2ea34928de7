import { type CloseConsequence, closeConsequence } from "@sockscope/catalog/runtime";

/** What a page counts by name beside the product's own. The collector has to be configured with the same. */
export interface OwnVocabulary<Received extends string = string, Sent extends string = string> {
  /** Names of frames, each way. Default: none; a frame of any other name counts as `other`. */
  readonly frames?: { readonly received?: readonly Received[]; readonly sent?: readonly Sent[] };
  /** What the user sees after a private close code, from 3000 to 4999. Default: a client comes back. */
  readonly closeCodes?: Readonly<Record<number, CloseConsequence>>;
}

/** What the user sees after a close with this code, an application's own codes first. */
export function consequenceWith(
  closeCodes: OwnVocabulary["closeCodes"] = {},
): (code: number) => CloseConsequence {
  return (code) => closeCodes[code] ?? closeConsequence(String(code));
}
