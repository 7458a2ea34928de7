import { createHash } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import type { CollectorApp } from "../collector-options.ts";
import { readableBy } from "./cross-origin.ts";

/** An app as requests are checked against it. */
export interface IngestApp {
  readonly name: string;
  /** Its position among the configured apps, which is that of its label value. */
  readonly position: number;
  /** The origins, each with what lets its pages read that a batch was counted. */
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
        origins: new Map(origins.map((origin) => [origin, readableBy(origin)])),
        ...(key === undefined ? {} : { keyDigest: digestOfKey(key) }),
      },
    ]),
  );
}

/** Keys are compared by digest, so that the comparison takes as long for every length and every prefix. */
export function digestOfKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
