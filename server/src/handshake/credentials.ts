import type { IncomingMessage } from "node:http";

/** The part of an upgrade request that says who asks. */
export type UpgradeRequest = Pick<IncomingMessage, "headers" | "url">;

/** Names under which applications send a token in the URL, which is all that a browser lets them choose. */
const TOKEN_PARAMETER = /[?&](access_token|auth|authorization|jwt|session|ticket|token)=[^&]/i;

/**
 * Whether a request carries what could be a session: a cookie, an `Authorization` header, a subprotocol with a token in it, or a
 * token in its query. Scanners carry none.
 */
export function hasCredentials({ headers, url = "" }: UpgradeRequest): boolean {
  const { cookie, authorization } = headers;
  if (cookie || authorization) return true;
  return hasTokenProtocol(headers["sec-websocket-protocol"]) || TOKEN_PARAMETER.test(url);
}

/** A browser has no other header to put a token in; a name of a protocol has neither dots nor this length. */
function hasTokenProtocol(protocols: string | undefined): boolean {
  return (
    protocols?.split(",").some((protocol) => /bearer|token/i.test(protocol) || protocol.trim().length > 40) ??
    false
  );
}
