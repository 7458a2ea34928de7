import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a request comes from a page of this very host, or of an origin that is allowed besides. A request without `Origin` does
 * not: browsers send it with every WebSocket handshake and every POST.
 *
 * @param allowed origins such as `https://chat.example`. Default: none
 */
export function isSameOrigin(headers: IncomingHttpHeaders, allowed: readonly string[] = []): boolean {
  const { origin, host } = headers;
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  return allowed.includes(origin) || new URL(origin).host === host.toLowerCase();
}
