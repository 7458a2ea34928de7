/** Codes after which the user sees nothing. */
const NOTHING_CODES = ["1000"] as const;

/** Codes, and ranges of codes, after which a client comes back. */
const RECONNECTING_CODES = [
  "1001",
  "1005",
  "1006",
  // 1007 and 1009 are about one message; after a new connection the next message may be fine.
  "1007",
  "1009",
  "1011",
  "1012",
  "1013",
  // A gateway's 502: the upstream may be back in a moment.
  "1014",
  // Certificates rarely mend themselves, but captive portals do go away.
  "1015",
  "3008",
  // Libraries and frameworks: unknown to us, so try again; the number of attempts is bounded.
  "3xxx",
  // Private use: an application that wants to stop its clients says so with 4401, 4403 or 1008.
  "4xxx",
  // Below 1000, or 1016 to 2999: no endpoint may send these, so a middlebox or a bug did.
  "unassigned",
] as const;

/** Codes after which a client stops with an error. */
const ERROR_CODES = [
  // The peer says that we break the protocol; it will say so again.
  "1002",
  "1003",
  // Reserved, so whoever sends it is broken in a way that a new attempt does not mend.
  "1004",
  "1008",
  // The client misses an extension that it will miss next time as well.
  "1010",
  "3003",
  "4403",
] as const;

/** Codes after which a client stops because its user is not known any more. */
const AUTHENTICATION_FAILED_CODES = ["3000", "4401"] as const;

/**
 * What a user sees after a connection closed, by close code: the one decision from which a client's behaviour follows. Every
 * code is in it once; the ranges (`3xxx`, `4xxx`, `unassigned`) are decisions too, not a default.
 *
 * See {@link https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number | the IANA registry}.
 */
export const CLOSE_CONSEQUENCES: {
  readonly nothing: typeof NOTHING_CODES;
  readonly reconnecting: typeof RECONNECTING_CODES;
  readonly error: typeof ERROR_CODES;
  readonly "authentication failed": typeof AUTHENTICATION_FAILED_CODES;
} = {
  nothing: NOTHING_CODES,
  reconnecting: RECONNECTING_CODES,
  error: ERROR_CODES,
  "authentication failed": AUTHENTICATION_FAILED_CODES,
};

/** What a user sees after a close. */
export type CloseConsequence = keyof typeof CLOSE_CONSEQUENCES;

/** A value of the label `code`: one per code that is decided by itself, and one per range of the others. */
export type CloseCodeLabel = (typeof CLOSE_CONSEQUENCES)[CloseConsequence][number];

/** Every {@link CloseCodeLabel}, in the order in which tables list them. */
export const CLOSE_CODE_LABELS: readonly CloseCodeLabel[] = /* @__PURE__ */ allLabels();

/** By a call that a bundler may leave out: a page that only decides what follows a close needs no list. */
function allLabels(): CloseCodeLabel[] {
  return Object.values(CLOSE_CONSEQUENCES).flat().sort();
}

/**
 * The label value for a close code, so that no code can create a series of its own.
 *
 * @param code as in `CloseEvent.code`
 * @param own labels of private codes that count by themselves, beside the product's own. Default: none
 */
export function closeCodeLabel<Own extends string = never>(
  code: number,
  own: readonly Own[] = [],
): CloseCodeLabel | Own {
  const known = (label: string) =>
    own.find((candidate) => candidate === label) ??
    CLOSE_CODE_LABELS.find((candidate) => candidate === label);
  return known(String(code)) ?? known(`${Math.floor(code / 1000)}xxx`) ?? "unassigned";
}

/**
 * What an endpoint reports where no close frame came.
 * See {@link https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 | RFC 6455, 7.4.1: defined status codes}.
 */
export const WITHOUT_CLOSE_FRAME: readonly CloseCodeLabel[] = ["1006", "1015"];

/** The purpose is fulfilled. See {@link https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 | RFC 6455, 7.4.1}. */
export const NORMAL_CLOSE = 1000;
/** What an endpoint reports of a close frame without a code. */
export const NO_STATUS = 1005;
/** What an endpoint reports where no close frame came. */
export const NO_CLOSE_FRAME = 1006;

/**
 * What a user sees after a close with this code: a client comes back unless its code says otherwise.
 *
 * @param code a code or a label, as a text
 */
export function closeConsequence(code: string): CloseConsequence {
  const isIn = (codes: readonly string[]): boolean => codes.includes(code);
  if (isIn(NOTHING_CODES)) return "nothing";
  if (isIn(ERROR_CODES)) return "error";
  return isIn(AUTHENTICATION_FAILED_CODES) ? "authentication failed" : "reconnecting";
}
