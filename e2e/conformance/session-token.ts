import { createHmac } from "node:crypto";
import { CONFORMANCE } from "./server-under-test.ts";

/** What a peer shows of itself when it connects. */
export type Session = "alice" | "bob" | "nothing" | "expired" | "forged" | "unsigned" | "token in the query";

const AN_HOUR_SECONDS = 3600;

const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString("base64url");

function signed(
  user: string,
  { secret = CONFORMANCE.secret as string, validForSeconds = AN_HOUR_SECONDS } = {},
): string {
  const exp = Math.floor(Date.now() / 1000) + validForSeconds;
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: user, exp })}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

function unsigned(user: string): string {
  const exp = Math.floor(Date.now() / 1000) + AN_HOUR_SECONDS;
  return `${part({ alg: "none", typ: "JWT" })}.${part({ sub: user, exp })}.`;
}

/** The session as a JSON Web Token; undefined for none. */
export function sessionToken(session: Session): string | undefined {
  switch (session) {
    case "nothing":
      return undefined;
    case "expired":
      return signed("alice", { validForSeconds: -AN_HOUR_SECONDS });
    case "forged":
      return signed("alice", { secret: "a secret that somebody guessed, and guessed wrong" });
    case "unsigned":
      return unsigned("alice");
    case "token in the query":
      return signed("alice");
    default:
      return signed(session);
  }
}
