import { onTestFinished } from "vitest";
import { type Collector, startCollector } from "../collector.ts";
import type { CollectorOptions } from "../collector-options.ts";
import { CHAT } from "./batches.test-support.ts";

const ANYWHERE = { host: "127.0.0.1", port: 0 } as const;

/** A collector that closes when the test has finished. */
export async function startTestCollector(options: Partial<CollectorOptions> = {}): Promise<Collector> {
  const collector = await startCollector({
    listen: ANYWHERE,
    admin: ANYWHERE,
    apps: [CHAT],
    onRefused: () => {},
    ...options,
  });
  onTestFinished(() => collector.close());
  return collector;
}
