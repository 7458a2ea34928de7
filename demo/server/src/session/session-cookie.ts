import type { IncomingHttpHeaders } from "node:http";
import { parseCookie, stringifySetCookie } from "cookie";

const NAME = "sockscope_demo_session";

/** The session token in a `Cookie` header. */
export function readSessionCookie(header: string | undefined): string | undefined {
  return header === undefined ? undefined : parseCookie(header)[NAME];
}

/**
 * A `Set-Cookie` header that no script can read and no other site can send.
 *
 * @param isSecure whether it travels over https only
 */
export function sessionCookie(token: string, isSecure: boolean): string {
  return stringifySetCookie(NAME, token, {
    httpOnly: true,
    sameSite: "strict",
    path: "/",
    ...(isSecure && { secure: true }),
  });
}

/** A `Set-Cookie` header that takes the cookie away. */
export function noSessionCookie(): string {
  return stringifySetCookie(NAME, "", { httpOnly: true, sameSite: "strict", path: "/", maxAge: 0 });
}

/** Whether a request came to a proxy over https. A client that lies about it only hurts itself. */
export function cameOverHttps(headers: IncomingHttpHeaders): boolean {
  return headers["x-forwarded-proto"] === "https";
}
