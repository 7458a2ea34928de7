import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { PROTOCOL_VERSION } from "@sockscope/catalog/protocol";
import { describeValue } from "./describe-value.ts";
import { digestOfKey, type IngestApp } from "./ingest-app.ts";
import { RequestRefused } from "./request-refused.ts";
import type { RequestTarget } from "./request-target.ts";

/** Who sends a batch, once the request may be listened to. */
export interface Sender {
  readonly app: IngestApp;
  readonly session: string;
  /** What the page says that it was built from; anything at all. */
  readonly release: string | undefined;
}

/**
 * Whether the request may speak for an app: by path, method, app, key and origin.
 *
 * @param app the app that the target names, if it is configured
 * @throws RequestRefused
 */
export function checkSender(
  { method, headers }: IncomingMessage,
  target: RequestTarget,
  app: IngestApp | undefined,
): Sender {
  const session = checkPath(target);
  checkMethod(method);
  const known = checkApp(app, target);
  checkKey(known, target);
  checkOrigin(known, headers.origin);
  return { app: known, session, release: target.release ?? undefined };
}

/** The version first: what else a path of another one has is not known. */
function checkPath({ version = PROTOCOL_VERSION, session }: RequestTarget): string {
  if (version !== PROTOCOL_VERSION)
    throw new RequestRefused(
      "SOCKSCOPE_ERR_VERSION",
      `the version in the path is ${version}; this collector speaks ${PROTOCOL_VERSION}`,
    );
  if (session !== undefined) return session;
  throw new RequestRefused(
    "SOCKSCOPE_ERR_PATH",
    `no such path; post to /v${PROTOCOL_VERSION}/batches/<32 hexadecimal digits>?app=<app>`,
  );
}

function checkMethod(method: string | undefined): void {
  if (method !== "POST") throw methodRefused(method);
}

/** The refusal of every method but one. */
export function methodRefused(method: string | undefined): RequestRefused {
  return new RequestRefused("SOCKSCOPE_ERR_METHOD", `the method is ${method}; use POST`);
}

function checkApp(app: IngestApp | undefined, target: RequestTarget): IngestApp {
  if (app !== undefined) return app;
  throw new RequestRefused(
    "SOCKSCOPE_ERR_APP",
    `app is ${describeValue(target.app ?? undefined)}, which this collector does not know; configure it there or correct the client's`,
  );
}

function checkKey({ name, keyDigest }: IngestApp, { key }: RequestTarget): void {
  if (keyDigest === undefined) return;
  if (key !== null && timingSafeEqual(digestOfKey(key), keyDigest)) return;
  const received = key === null ? "there is no key" : "the key is not the app's";
  throw new RequestRefused("SOCKSCOPE_ERR_KEY", `${received}; send the key of app "${name}"`);
}

function checkOrigin({ name, origins }: IngestApp, origin: string | undefined): void {
  if (origin !== undefined && origins.has(origin)) return;
  throw new RequestRefused(
    "SOCKSCOPE_ERR_ORIGIN",
    `Origin is ${describeValue(origin)}; add it to the origins of app "${name}" if its pages are served there`,
  );
}
