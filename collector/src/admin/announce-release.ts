import { timingSafeEqual } from "node:crypto";
import { isReleaseName, RELEASE_NAME_RULE } from "@sockscope/catalog";
import { describeValue } from "../ingest/describe-value.ts";
import { digestOfKey } from "../ingest/ingest-app.ts";

/** Who may announce a release, and what that does. */
export interface Announcing {
  /** Undefined: nobody may. */
  readonly token: string | undefined;
  /** Undefined where no metric has the label `release`. */
  readonly announce: ((release: string) => void) | undefined;
  /** The releases that have series of their own, the newest last. */
  readonly kept: () => readonly string[];
}

/** An announcement as the admin listener answers it. */
export interface AnnouncementAnswer {
  readonly status: number;
  readonly body: object;
}

function refused(status: number, code: string, message: string): AnnouncementAnswer {
  return { status, body: { code, message } };
}

/**
 * Whether a request may announce, by its `Authorization` header; answered before the body is read.
 *
 * @returns what to answer instead, or undefined
 */
export function refusedAnnouncement(
  { token, announce }: Announcing,
  authorization: string | undefined,
): AnnouncementAnswer | undefined {
  if (token === undefined)
    return refused(
      403,
      "SOCKSCOPE_ERR_TOKEN",
      "nobody may announce here; start with --announce-token-file FILE",
    );
  const expected = digestOfKey(`Bearer ${token}`);
  if (!timingSafeEqual(digestOfKey(authorization ?? ""), expected))
    return refused(
      401,
      "SOCKSCOPE_ERR_TOKEN",
      "send the header Authorization: Bearer TOKEN, with the token of this collector",
    );
  if (announce === undefined)
    return refused(
      409,
      "SOCKSCOPE_ERR_RELEASE",
      'no metric has releases here; give the configuration "releases": []',
    );
  return undefined;
}

/**
 * Announces what a body names: `{ "release": "2.4.1" }`.
 *
 * @param body as it came
 */
export function announceRelease({ announce, kept }: Announcing, body: unknown): AnnouncementAnswer {
  const release = releaseIn(body);
  if (!isReleaseName(release)) {
    const received = `release is ${describeValue(release)}`;
    return refused(
      400,
      "SOCKSCOPE_ERR_RELEASE",
      `${received}; send { "release": "2.4.1" } and ${RELEASE_NAME_RULE}`,
    );
  }
  const before = kept();
  announce?.(release);
  return { status: 200, body: { kept: kept(), retired: before.filter((name) => !kept().includes(name)) } };
}

/** An announcement is a name; nobody needs more to say one. */
export const LONGEST_ANNOUNCEMENT_BYTES = 1024;

/**
 * What is wrong with a body, by what the parser calls it.
 *
 * See {@link https://github.com/expressjs/body-parser#errors}.
 */
const BODY_PROBLEMS: Readonly<Record<string, string>> = {
  "entity.too.large": `the body is longer than ${LONGEST_ANNOUNCEMENT_BYTES} bytes`,
  "encoding.unsupported": "the body is compressed (Content-Encoding)",
  "charset.unsupported": "the body is in a charset that is not read (Content-Type)",
  "request.aborted": "the body was cut off",
  "request.size.invalid": "the body has another length than its Content-Length",
};

/** What to answer where the body could not be read. */
export function refusedBody(fault: unknown): AnnouncementAnswer | undefined {
  const { status, type } = fault as { readonly status?: unknown; readonly type?: unknown };
  if (!(fault instanceof Error) || typeof status !== "number" || status < 400 || status >= 500)
    return undefined;
  const problem = BODY_PROBLEMS[String(type)] ?? "the body cannot be read";
  return refused(
    status,
    "SOCKSCOPE_ERR_RELEASE",
    `${problem}; send { "release": "2.4.1" } as it is, in UTF-8`,
  );
}

function releaseIn(body: unknown): unknown {
  try {
    const value: unknown = JSON.parse(String(body));
    return typeof value === "object" && value !== null ? (value as { release?: unknown }).release : undefined;
  } catch {
    return undefined;
  }
}
