/**
 * A session as the table keeps it: half as long as its digits, and a string of its own, because a slice of the URL would
 * keep the whole URL in memory.
 *
 * @param session as {@link SESSION_PATTERN} says
 */
export function sessionKey(session: string): string {
  return Buffer.from(session, "hex").toString("latin1");
}
