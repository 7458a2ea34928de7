import { CLOSE_CONSEQUENCES, type CloseConsequence, closeConsequence } from "@sockscope/catalog/runtime";

/** What a page counts by name beside the product's own. The collector has to be configured with the same. */
export interface OwnVocabulary<Received extends string = string, Sent extends string = string> {
  /** Names of frames, each way. Default: none; a frame of any other name counts as `other`. */
  readonly frames?: { readonly received?: readonly Received[]; readonly sent?: readonly Sent[] };
  /** What the user sees after a private close code, from 3000 to 4999. Default: a client comes back. */
  readonly closeCodes?: Readonly<Record<number, CloseConsequence>>;
}

const CONSEQUENCES: readonly unknown[] = Object.keys(CLOSE_CONSEQUENCES);

/** What {@link OwnVocabulary.closeCodes} has to be, as a message says it. */
export const CLOSE_CODES_ADVICE: string = `codes from 3000 to 4999 with ${CONSEQUENCES.join(", ")}`;

/** Whether private close codes, and nothing else, are decided. */
export function isCloseCodes(value: unknown): boolean {
  const isDecision = ([code, consequence]: [string, unknown]): boolean =>
    /^[34]\d{3}$/.test(code) && CONSEQUENCES.includes(consequence);
  return typeof value === "object" && value !== null && Object.entries(value).every(isDecision);
}

/** What the user sees after a close with this code, an application's own codes first. */
export function consequenceWith(
  closeCodes: OwnVocabulary["closeCodes"] = {},
): (code: number) => CloseConsequence {
  return (code) => closeCodes[code] ?? closeConsequence(String(code));
}
