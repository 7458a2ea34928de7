import { createHash } from "node:crypto";
import type { CollectorApp } from "../collector-options.ts";

/** An app as requests are checked against it. */
export interface IngestApp {
  readonly name: string;
  /** Its position among the configured apps, which is that of its label value. */
  readonly position: number;
  readonly origins: ReadonlySet<string>;
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
        origins: new Set(origins),
        ...(key === undefined ? {} : { keyDigest: digestOfKey(key) }),
      },
    ]),
  );
}

/** Keys are compared by digest, so that the comparison takes as long for every length and every prefix. */
export function digestOfKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
