import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { CONFORMANCE } from "../server-under-test.ts";

/** Who the cookie says that a request is of, or the reason to close for. */
export type Identity = { readonly user: string } | { readonly failure: string };

/** Reads the session of a request, as every server under test does in its own language. */
export function identityOf({ cookie = "" }: IncomingHttpHeaders): Identity {
  const token = /(?:^|; )session=([^;]*)/.exec(cookie)?.[1];
  const [head = "", body = "", signature = ""] = token?.split(".") ?? [];
  // The only algorithm, whatever the token says of itself.
  const wanted = createHmac("sha256", CONFORMANCE.secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    return { failure: "authentication_required" };
  const { sub, exp } = JSON.parse(Buffer.from(body, "base64url").toString()) as { sub: string; exp: number };
  return exp * 1000 > Date.now() ? { user: sub } : { failure: "authentication_expired" };
}
