import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a request comes from a page of this very host. A request without `Origin` does not: browsers send it with every
 * WebSocket handshake and every POST.
 */
export function isSameOrigin(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host.toLowerCase();
}
