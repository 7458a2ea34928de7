import type { IncomingMessage } from "node:http";
import { CREDENTIAL_HEADERS, CREDENTIAL_QUERY, CREDENTIAL_SUBPROTOCOL } from "@sockscope/catalog";

/** The part of an upgrade request that says who asks. */
export type UpgradeRequest = Pick<IncomingMessage, "headers" | "url">;

/**
 * Whether a request carries what could be a session: a cookie, an `Authorization` header, a subprotocol with a token in it, or a
 * token in its query. Scanners carry none. The rule is the catalog's, so that every server counts alike.
 */
export function hasCredentials({ headers, url = "" }: UpgradeRequest): boolean {
  if (CREDENTIAL_HEADERS.some((name) => headers[name])) return true;
  return CREDENTIAL_QUERY.test(queryOf(url)) || hasTokenProtocol(headers["sec-websocket-protocol"]);
}

function queryOf(url: string): string {
  const start = url.indexOf("?");
  return start < 0 ? "" : url.slice(start + 1);
}

function hasTokenProtocol(protocols = ""): boolean {
  return protocols.split(",").some((protocol) => CREDENTIAL_SUBPROTOCOL.test(protocol.trim()));
}
