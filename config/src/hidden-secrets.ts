const HIDDEN = "(hidden)";

/** What a configuration says of whom Alertmanager tells, and that opens nothing. */
const OPEN_RECEIVER_KEYS: readonly PropertyKey[] = ["ticketHours", "pageWhere"];

/**
 * Whether somebody may have typed a secret where this stands instead of the name of its file. A mistake is printed, and what CI
 * prints is kept.
 */
export function mayHoldSecret([root, key = "", ...below]: readonly PropertyKey[]): boolean {
  return root === "receivers" && !OPEN_RECEIVER_KEYS.includes(key) && below.at(-1) !== "channel";
}

/** A text or number as it may be printed: of an address its host. What holds others, and says nothing itself, as it is. */
export function hidden(value: unknown): unknown {
  if (typeof value === "number") return HIDDEN;
  if (typeof value !== "string" || value === "") return value;
  return /^https?:\/\//.test(value) && URL.canParse(value) ? hostOf(new URL(value)) : HIDDEN;
}

function hostOf({ protocol, username, password, host, pathname, search, hash }: URL): string {
  const user = username + password === "" ? "" : `${HIDDEN}@`;
  const rest = pathname + search + hash === "/" ? "" : `/${HIDDEN}`;
  return `${protocol}//${user}${host}${rest}`;
}
