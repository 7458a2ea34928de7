import {
  AFFECTED_SESSIONS,
  CLOSES,
  type CloseCodeLabel,
  type CloseConsequence,
  type Counter,
  closeCodeLabel,
  closeConsequence,
  FRAMES_RECEIVED,
  FRAMES_SENT,
} from "@sockscope/catalog/runtime";

/** What a page counts by name beside the product's own. The collector has to be configured with the same. */
export interface OwnVocabulary<Received extends string = string, Sent extends string = string> {
  /** Names of frames, each way. Default: none; a frame of any other name counts as `other`. */
  readonly frames?: { readonly received?: readonly Received[]; readonly sent?: readonly Sent[] };
  /**
   * What the user sees after a private close code, from 3000 to 4999. Default: none; such a code counts as its range,
   * `3xxx` or `4xxx`, after which a client comes back.
   */
  readonly closeCodes?: Readonly<Record<number, CloseConsequence>>;
}

/** What a page counts by name. */
export interface Vocabulary {
  /** Values that the labels of a metric have beside those of the catalog. */
  readonly own: ReadonlyMap<unknown, readonly string[] | undefined>;
  labelOf(code: number): CloseCodeLabel;
  consequenceOf(label: CloseCodeLabel): CloseConsequence;
}

/** The product's own words and a page's. */
export function createVocabulary({ frames = {}, closeCodes = {} }: OwnVocabulary): Vocabulary {
  // An own code is a label like any other from here on.
  const codes = Object.keys(closeCodes) as CloseCodeLabel[];
  const own: [Counter, readonly string[] | undefined][] = [
    [FRAMES_RECEIVED, frames.received],
    [FRAMES_SENT, frames.sent],
    [CLOSES, codes],
    [AFFECTED_SESSIONS, codes],
  ];
  return {
    own: new Map(own),
    labelOf: (code) => closeCodeLabel(code, codes),
    consequenceOf: (label) => closeCodes[label as unknown as number] ?? closeConsequence(label),
  };
}
