import { SESSION_PATTERN } from "@sockscope/catalog/protocol";

/** The version of the protocol, and the session. */
const BATCHES = /^\/v([1-9]\d{0,5})\/batches\/(.*)$/;

/**
 * What precedes the path when a request names its whole URL, which a server has to accept.
 *
 * See {@link https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 | RFC 9112, 3.2.2: absolute-form}.
 */
const SCHEME_AND_HOST = /^https?:\/\/[^/?]*/i;

/** What a request's URL says. */
export interface RequestTarget {
  /** Of the protocol; undefined when the path is not that of batches. */
  readonly version: number | undefined;
  /** Undefined when the path is not that of a session's batches. */
  readonly session: string | undefined;
  readonly app: string | null;
  readonly key: string | null;
  readonly release: string | null;
}

/** Takes a request's URL apart. Never throws: whatever does not belong there is simply missing in the result. */
export function requestTarget(url: string): RequestTarget {
  const question = url.indexOf("?");
  const path = (question === -1 ? url : url.slice(0, question)).replace(SCHEME_AND_HOST, "");
  const query = new URLSearchParams(question === -1 ? "" : url.slice(question + 1));
  const [, version, session = ""] = BATCHES.exec(path) ?? [];
  return {
    version: version === undefined ? undefined : Number(version),
    session: SESSION_PATTERN.test(session) ? session : undefined,
    app: query.get("app"),
    key: query.get("key"),
    release: query.get("release"),
  };
}
