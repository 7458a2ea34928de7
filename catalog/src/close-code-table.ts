import { CLOSE_CODE_LABELS, type CloseConsequence } from "./close-code-label.ts";
import { CLOSE_CODE_MEANINGS, type CloseCodeMeaning } from "./close-code-meanings.ts";
import { CLOSE_POLICIES, type ClosePolicy, policyOfConsequence } from "./close-codes.ts";

/** A row of the close-code table. */
export interface CloseCode extends CloseCodeMeaning {
  /** The value of the label `code`: a code, or a range of those that have no row of their own. */
  readonly label: string;
  readonly policy: ClosePolicy;
}

/** A close code of an application's own, from 3000 to 4999, that gets a row instead of counting as its range. */
export interface PrivateCloseCode extends Pick<CloseCodeMeaning, "name" | "meaning"> {
  /** What the user sees; what a client does follows from it. */
  readonly userSees: CloseConsequence;
}

/** The product's own table. */
const CLOSE_CODES: readonly CloseCode[] = CLOSE_CODE_LABELS.map((label) => ({
  label,
  ...CLOSE_CODE_MEANINGS[label],
  policy: CLOSE_POLICIES[label],
}));

/** The table with an application's own codes, by label. */
export function closeCodeTable(own: Readonly<Record<string, PrivateCloseCode>>): readonly CloseCode[] {
  const rows = Object.entries(own).map(([label, { name, meaning, userSees }]) => ({
    label,
    name,
    meaning,
    travels: true,
    policy: policyOfConsequence(userSees),
  }));
  return [...CLOSE_CODES, ...rows].sort((a, b) => (a.label < b.label ? -1 : 1));
}
