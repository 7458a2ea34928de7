import { createHash } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import type { CollectorApp } from "../collector-options.ts";

/** An app as requests are checked against it. */
export interface IngestApp {
  readonly name: string;
  /** Its position among the configured apps, which is that of its label value. */
  readonly position: number;
  /** The origins, each with what lets its pages read an answer. */
  readonly origins: ReadonlyMap<string, OutgoingHttpHeaders>;
  /** Undefined when the app asks for no key. */
  readonly keyDigest?: Buffer;
}

/** The configured apps, by name. */
export function ingestApps(apps: readonly CollectorApp[]): ReadonlyMap<string, IngestApp> {
  return new Map(
    apps.map(({ name, origins, key }, position) => [
      name,
      {
        name,
        position,
        origins: new Map(origins.map((origin) => [origin, crossOriginHeaders(origin)])),
        ...(key === undefined ? {} : { keyDigest: digestOfKey(key) }),
      },
    ]),
  );
}

function crossOriginHeaders(origin: string): OutgoingHttpHeaders {
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": "Retry-After",
    Vary: "Origin",
  };
}

/** Keys are compared by digest, so that the comparison takes as long for every length and every prefix. */
export function digestOfKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
