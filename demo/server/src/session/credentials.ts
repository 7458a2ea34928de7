import type { IncomingMessage } from "node:http";
import { readSessionCookie } from "./session-cookie.ts";

/** What a handshake brings along, and where it was. */
export interface PresentedToken {
  readonly token: string | undefined;
  readonly authMethod: "cookie" | "query";
}

/**
 * The token of a handshake: the cookie's, and where there is none, for development, the query's. In production a query ends up in
 * the logs of every proxy on the way.
 */
export function presentedToken(
  { headers, url = "" }: Pick<IncomingMessage, "headers" | "url">,
  isQueryAllowed: boolean,
): PresentedToken {
  const token = readSessionCookie(headers.cookie);
  if (token !== undefined || !isQueryAllowed) return { token, authMethod: "cookie" };
  const inQuery = new URLSearchParams(url.split("?", 2)[1]).get("token");
  return { token: inQuery ?? undefined, authMethod: "query" };
}
