import { parseCookie, stringifySetCookie } from "cookie";

const NAME = "sockscope_demo_session";

/** The session token in a `Cookie` header. */
export function readSessionCookie(header: string | undefined): string | undefined {
  return header === undefined ? undefined : parseCookie(header)[NAME];
}

/** A `Set-Cookie` header that no script can read and no other site can send. */
export function sessionCookie(token: string): string {
  return stringifySetCookie(NAME, token, { httpOnly: true, sameSite: "strict", path: "/" });
}
