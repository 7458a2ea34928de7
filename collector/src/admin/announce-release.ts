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

/** What to answer where the body could not be read: too long, cut off, in a charset that nobody knows. */
export function refusedBody(fault: unknown): AnnouncementAnswer | undefined {
  const status = fault instanceof Error && "status" in fault ? Number(fault.status) : 500;
  return status >= 400 && status < 500
    ? refused(
        status,
        "SOCKSCOPE_ERR_RELEASE",
        'the body cannot be read; send { "release": "2.4.1" } in UTF-8',
      )
    : undefined;
}

function releaseIn(body: unknown): unknown {
  try {
    const value: unknown = JSON.parse(String(body));
    return typeof value === "object" && value !== null ? (value as { release?: unknown }).release : undefined;
  } catch {
    return undefined;
  }
}
