import { startCollector } from "@sockscope/collector";
import { until } from "@sockscope/stack";
import { type Exposition, scrape } from "./exposition.test-support.ts";
import { PLAIN_APP } from "./plain-page.test-support.ts";

const ARRIVAL_TIMEOUT_MS = 30_000;

/** A plain page in a tab, whoever watches it. */
interface Flushing {
  evaluate(run: () => Promise<void>): Promise<unknown>;
}

/** A collector for plain pages. */
export interface PlainCollector {
  /** Where pages send. */
  readonly url: string;
  scrape(): Promise<Exposition>;
  /** The first scrape that satisfies the condition; after a while the last one, which then shows what is wrong. */
  scrapeWhen(isThere: (exposition: Exposition) => boolean): Promise<Exposition>;
  /** The same, of a page that flushes before each scrape. */
  flushUntil(page: Flushing, isThere: (exposition: Exposition) => boolean): Promise<Exposition>;
  close(): Promise<void>;
}

/** Starts a collector on free ports of loopback for an app with one origin. */
export async function startPlainCollector(origin: string, app: string = PLAIN_APP): Promise<PlainCollector> {
  const local = { host: "127.0.0.1", port: 0 };
  const collector = await startCollector({
    listen: local,
    admin: local,
    apps: [{ name: app, origins: [origin] }],
  });
  const now = (): Promise<Exposition> => scrape(`${collector.adminUrl}/metrics`);

  async function lookUntil(
    look: () => Promise<Exposition>,
    isThere: (exposition: Exposition) => boolean,
  ): Promise<Exposition> {
    let last: Exposition = new Map();
    await until(
      async () => {
        last = await look();
        return isThere(last) || undefined;
      },
      { timeoutMs: ARRIVAL_TIMEOUT_MS },
    );
    return last;
  }

  return {
    url: collector.ingestUrl,
    scrape: now,
    scrapeWhen: (isThere) => lookUntil(now, isThere),
    flushUntil: (page, isThere) =>
      lookUntil(async () => {
        await page.evaluate(() => sockscope.flush());
        return now();
      }, isThere),
    close: () => collector.close(),
  };
}
