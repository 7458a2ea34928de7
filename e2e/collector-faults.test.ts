import {
  COLLECTOR_BATCHES,
  CONNECT_ATTEMPTS,
  FRAMES_RECEIVED,
  SESSIONS_STARTED,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { seriesName, totalOf } from "./testing/exposition.test-support.ts";
import { type Fault, startFaultProxy } from "./testing/fault-proxy.test-support.ts";
import type { PlainCollector } from "./testing/plain-collector.test-support.ts";
import { PLAIN_APP } from "./testing/plain-page.test-support.ts";
import { setPlainScene } from "./testing/plain-scene.test-support.ts";
import { watch } from "./testing/watched-page.test-support.ts";

const SLOW_MS = 2000;
const HTML = { "content-type": "text/html" };
/** Lets the page read the answer. */
const READABLE = { "access-control-allow-origin": "*" };

function answers(status: number, headers: Readonly<Record<string, string>>, body = ""): Fault {
  return ({ response }) => response.writeHead(status, headers).end(body);
}

interface Row {
  readonly what: string;
  readonly fault: Fault;
  /** What the developer is told, however often it happens. */
  readonly told: readonly string[];
}

const ANSWER = ["SOCKSCOPE_ERR_ANSWER"];

const ROWS: readonly Row[] = [
  { what: "never answers", fault: () => {}, told: [] },
  { what: "cuts every connection", fault: ({ response }) => response.destroy(), told: [] },
  { what: "is slow", fault: ({ pass }) => setTimeout(pass, SLOW_MS), told: [] },
  { what: "answers 503", fault: answers(503, READABLE, "Service Unavailable"), told: ANSWER },
  {
    what: "answers 429 with Retry-After",
    fault: answers(429, { ...READABLE, "access-control-expose-headers": "Retry-After", "retry-after": "3" }),
    told: ANSWER,
  },
  {
    what: "answers 404 in HTML",
    fault: answers(404, { ...READABLE, ...HTML }, "<h1>Not Found"),
    told: ANSWER,
  },
  {
    what: "answers 403 in HTML that the page may not read",
    fault: answers(403, HTML, "<h1>Forbidden"),
    told: [],
  },
  {
    what: "answers 200 in HTML, as a captive portal does",
    fault: answers(200, { ...READABLE, ...HTML }, "<h1>Welcome to the train"),
    told: ANSWER,
  },
  {
    what: "sends the page elsewhere",
    fault: answers(302, { ...READABLE, location: "http://127.0.0.1:9/login" }),
    told: [],
  },
];

describe.concurrent("a page whose way to the collector is disturbed for a while", () => {
  const scene = setPlainScene();
  const { collect, connect } = scene;

  /** Once nothing is in the way any more. */
  async function everythingArrivedOnce(
    page: Page,
    collector: PlainCollector,
    connections: number,
  ): Promise<void> {
    const now = await collector.flushUntil(page, (seen) => totalOf(seen, FRAMES_RECEIVED) >= connections);
    expect(totalOf(now, FRAMES_RECEIVED)).toBe(connections);
    expect(totalOf(now, CONNECT_ATTEMPTS)).toBe(connections);
    expect(totalOf(now, SESSIONS_STARTED)).toBe(1);
    expect(totalOf(now, TELEMETRY_LOST)).toBe(0);
  }

  it.each(ROWS)(
    "says everything once, and nothing to the page, when the way $what",
    async ({ fault, told }) => {
      const collector = await collect();
      const proxy = await startFaultProxy(collector.url);
      try {
        const page = await scene.site.open(scene.browser, proxy.url);
        const { faults, problems } = watch(page);
        await connect(page);
        proxy.set(fault);
        await page.evaluate(() => void sockscope.flush());
        await proxy.met(1);
        await connect(page);
        await page.evaluate(() => void sockscope.flush());
        proxy.set(undefined);
        await connect(page);
        await everythingArrivedOnce(page, collector, 3);
        expect(faults).toEqual([]);
        expect(problems.map((problem) => /SOCKSCOPE_ERR_\w+/.exec(problem)?.[0])).toEqual(told);
        await page.close();
      } finally {
        await proxy.close();
      }
    },
  );

  it("counts a batch that was delivered without an answer as a duplicate when it comes again", async () => {
    const collector = await collect();
    const proxy = await startFaultProxy(collector.url);
    try {
      const page = await scene.site.open(scene.browser, proxy.url);
      proxy.set(async ({ deliver, response }) => {
        await deliver();
        response.destroy();
      });
      await connect(page);
      await page.evaluate(() => void sockscope.flush());
      await collector.scrapeWhen((now) => totalOf(now, FRAMES_RECEIVED) === 1);
      proxy.set(undefined);
      const duplicate = seriesName(COLLECTOR_BATCHES.name, { app: PLAIN_APP, result: "duplicate" });
      const now = await collector.flushUntil(page, (seen) => (seen.get(duplicate) ?? 0) > 0);
      expect(now.get(duplicate)).toBeGreaterThan(0);
      expect(totalOf(now, FRAMES_RECEIVED)).toBe(1);
      await page.close();
    } finally {
      await proxy.close();
    }
  });

  it("says everything once when an ad blocker lets the page go on", async () => {
    const collector = await collect();
    const page = await scene.site.open(scene.browser, collector.url, (tab) =>
      // Blockers answer for the beacons that they swallow.
      tab.addInitScript(() => {
        navigator.sendBeacon = () => true;
      }),
    );
    const { faults, problems } = watch(page);
    let blocked = 0;
    await page.route(`${collector.url}/**`, (route) => {
      blocked += 1;
      return route.abort("blockedbyclient");
    });
    await connect(page);
    await page.evaluate(() => sockscope.flush());
    await connect(page);
    await page.evaluate(() => sockscope.flush());
    expect(blocked).toBeGreaterThan(0);
    await page.unroute(`${collector.url}/**`);
    await everythingArrivedOnce(page, collector, 2);
    expect(faults).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });
});
