/** What the endpoint's answer says. */
export interface TokenAnswer {
  /** A bearer token. Default: none; the session is a cookie. */
  readonly token?: string | undefined;
  /** How long what was refreshed serves, in ms from the request on. Default: not known, so every connect refreshes. */
  readonly expiresInMs?: number | undefined;
}

/**
 * Understands `{ "access_token": "…", "expires_in": 3600 }`, each of both alone, and 204. Anything else says nothing: the
 * cookie is refreshed, and for how long is not known.
 *
 * See {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.1 | RFC 6749, 5.1}; there are servers that write seconds as text.
 */
export async function readTokenAnswer(response: Response): Promise<TokenAnswer> {
  const text = await response.text();
  const { access_token: token, expires_in: seconds } = objectOf(text);
  return {
    token: (typeof token === "string" && token) || undefined,
    expiresInMs: Number.parseFloat(seconds as string) * 1000,
  };
}

function objectOf(text: string): { readonly access_token?: unknown; readonly expires_in?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
