/** A close frame's text has at most this many bytes. See {@link https://www.rfc-editor.org/rfc/rfc6455#section-5.5 | RFC 6455, 5.5}. */
export const LONGEST_CLOSE_TEXT = 123;

/** The text of a close frame: the reason, and in how many ms the peer should come back where that is said. */
export function closeText(reason: string, retryAfterMs?: number): string {
  const advice = retryAfterMs === undefined ? "" : ` retry_after_ms=${wholeMs(retryAfterMs)}`;
  return `${firstBytes(reason, LONGEST_CLOSE_TEXT - advice.length)}${advice}`;
}

/** Digits only, whatever an application computed: at once where it is no number. */
function wholeMs(ms: number): number {
  return Math.min(Math.max(0, Math.round(ms)) || 0, Number.MAX_SAFE_INTEGER);
}

/** As many whole characters as fit. */
function firstBytes(text: string, most: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(most));
  return text.slice(0, read);
}
