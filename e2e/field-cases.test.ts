import {
  AFFECTED_SESSIONS,
  CLOSES,
  COLLECTOR_BATCHES,
  COLLECTOR_SESSIONS_ENDED,
  CONNECT_ATTEMPTS,
  CONNECTION_DURATION,
  FRAMES_RECEIVED,
  SESSIONS_STARTED,
  TELEMETRY_LOST,
  TIME,
} from "@sockscope/catalog";
import { startCollector } from "@sockscope/collector";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { movedSeries, seriesName, totalOf } from "./testing/exposition.test-support.ts";
import { startFaultProxy } from "./testing/fault-proxy.test-support.ts";
import { accepting, FRAME, silent } from "./testing/peers.test-support.ts";
import { PLAIN_APP } from "./testing/plain-page.test-support.ts";
import { setPlainScene } from "./testing/plain-scene.test-support.ts";
import { openUnwatched } from "./testing/unwatched-tab.test-support.ts";
import { watch } from "./testing/watched-page.test-support.ts";

/** Long enough not to hide in what is measured. */
const FROZEN_MS = 5000;
/** Of the 64 KiB that a page's requests with keepalive share. */
const MOST_OF_THE_BUDGET = 65_500;

declare global {
  /** What the browser was asked to send later, should the page be gone. */
  var armed: string[];
  /** Not yet in TypeScript's own list. */
  var fetchLater: (url: string, init?: RequestInit) => unknown;
  /** The end of the socket that the test watches. */
  var ended: Promise<void>;
}

const LEFT = seriesName(CLOSES.name, { code: "none", phase: "opened", ended_by: "left" });

describe.concurrent("what went wrong in the field", () => {
  const scene = setPlainScene();
  const { collect, connect } = scene;

  it("a page that leaves is counted although its beacons say yes and do nothing", async () => {
    const collector = await collect();
    const page = await scene.site.open(scene.browser, collector.url, (tab) =>
      tab.addInitScript(() => {
        navigator.sendBeacon = () => true;
      }),
    );
    await connect(page);
    await page.goto("about:blank");
    const now = await collector.scrapeWhen((seen) => totalOf(seen, COLLECTOR_SESSIONS_ENDED) > 0);
    expect(movedSeries(now, CLOSES)).toEqual({ [LEFT]: 1 });
    expect(totalOf(now, FRAMES_RECEIVED)).toBe(1);
    await page.close();
  });

  /** Another library holds what the page's requests share that outlive it. */
  async function spendBudget(page: Page): Promise<void> {
    const hoarder = await silent();
    scene.closeAtEnd(hoarder);
    const isSpent = await page.evaluate(
      async ([elsewhere, bytes]) => {
        const request = (size: number): Promise<unknown> =>
          fetch(elsewhere, { method: "POST", body: "x".repeat(size), keepalive: true, mode: "no-cors" });
        request(bytes).catch(() => {});
        return request(100).then(
          () => false,
          () => true,
        );
      },
      [hoarder.url.replace("ws:", "http:"), MOST_OF_THE_BUDGET] as const,
    );
    expect(isSpent).toBe(true);
  }

  it("a page that leaves is counted while another library holds the budget of requests that outlive the page", async () => {
    const collector = await collect();
    const page = await scene.site.open(scene.browser, collector.url);
    await spendBudget(page);
    await connect(page);
    await page.goto("about:blank");
    const now = await collector.scrapeWhen((seen) => totalOf(seen, COLLECTOR_SESSIONS_ENDED) > 0);
    expect(movedSeries(now, CLOSES)).toEqual({ [LEFT]: 1 });
    expect(totalOf(now, FRAMES_RECEIVED)).toBe(1);
    await page.close();
  });

  it("batches go on while another library holds the budget of requests that outlive the page", async () => {
    const collector = await collect();
    const page = await scene.site.open(scene.browser, collector.url);
    const { faults } = watch(page);
    await spendBudget(page);
    await connect(page);
    await page.evaluate(() => sockscope.flush());
    expect(totalOf(await collector.scrape(), FRAMES_RECEIVED)).toBe(1);
    expect(faults).toEqual([]);
    await page.close();
  });

  it("what a crashed page had recorded arrives once", async () => {
    const collector = await collect();
    const page = await scene.site.open(scene.browser, collector.url, (tab) =>
      tab.addInitScript(() => {
        const browsersOwn = fetchLater;
        globalThis.armed = [];
        globalThis.fetchLater = (url, init) => {
          globalThis.armed.push(String(init?.body));
          return browsersOwn(url, init);
        };
      }),
    );
    await connect(page);
    await page.evaluate(async () => {
      await sockscope.flush();
      // What was armed before has been said.
      globalThis.armed.length = 0;
    });
    await connect(page);
    await page.waitForFunction(() => globalThis.armed.at(-1)?.includes(".frames_received"));
    const devTools = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    devTools.send("Page.crash").catch(() => {});
    await crashed;
    const now = await collector.scrapeWhen((seen) => totalOf(seen, FRAMES_RECEIVED) >= 2);
    expect(totalOf(now, FRAMES_RECEIVED)).toBe(2);
    expect(totalOf(now, CONNECT_ATTEMPTS)).toBe(2);
    expect(movedSeries(now, COLLECTOR_BATCHES)).toEqual({
      [seriesName(COLLECTOR_BATCHES.name, { result: "accepted" })]: 2,
    });
    expect(totalOf(now, SESSIONS_STARTED)).toBe(1);
    await page.close();
  });

  it("a page that is frozen while its server restarts leaves once, and its frozen time is in nothing", async () => {
    const collector = await collect();
    let restart = (): void => {};
    const server = await accepting((socket) => {
      socket.send(FRAME);
      restart = () => socket.close(1012);
    });
    const tab = await openUnwatched(scene.browser, scene.site.urlFor(collector.url));
    const since = Date.now();
    await tab.evaluate((to) => {
      const socket = observed(to);
      globalThis.ended = happened(socket, "close");
      return happened(socket, "message");
    }, server.url);
    await tab.freeze();
    await collector.scrapeWhen((seen) => totalOf(seen, COLLECTOR_SESSIONS_ENDED) > 0);
    const awakeSeconds = (Date.now() - since) / 1000;
    restart();
    await new Promise((resolve) => setTimeout(resolve, FROZEN_MS));
    await tab.comeBack();
    await tab.evaluate(() => globalThis.ended);
    await tab.evaluate((to) => happened(observed(to), "message"), scene.peer.url);
    const now = await collector.flushUntil(tab, (seen) => totalOf(seen, FRAMES_RECEIVED) >= 2);
    expect(movedSeries(now, CLOSES)).toEqual({ [LEFT]: 1 });
    expect(movedSeries(now, AFFECTED_SESSIONS)).toEqual({});
    expect(totalOf(now, CONNECTION_DURATION)).toBe(1);
    const seconds = seriesName(`${CONNECTION_DURATION.name}_sum`, { app: PLAIN_APP });
    expect(now.get(seconds)).toBeLessThan(awakeSeconds);
    const afterwardsSeconds = (Date.now() - since - FROZEN_MS) / 1000;
    expect(totalOf(now, TIME)).toBeLessThanOrEqual(afterwardsSeconds);
    expect(totalOf(now, SESSIONS_STARTED)).toBe(1);
    expect(totalOf(now, TELEMETRY_LOST)).toBe(0);
    await tab.close();
    await server.close();
  });

  it("what a page recorded is sent past a request that hangs when the page is put away for ever", async () => {
    const collector = await collect();
    const proxy = await startFaultProxy(collector.url);
    const tab = await openUnwatched(scene.browser, scene.site.urlFor(proxy.url));
    const connectHere = () => tab.evaluate((to) => happened(observed(to), "message"), scene.peer.url);
    await connectHere();
    proxy.set(() => {});
    await tab.evaluate(() => void sockscope.flush());
    await proxy.met(1);
    proxy.set(undefined);
    await connectHere();
    await tab.freeze();
    const now = await collector.scrapeWhen((seen) => totalOf(seen, CLOSES) >= 2);
    expect(totalOf(now, FRAMES_RECEIVED)).toBe(2);
    expect(totalOf(now, CONNECT_ATTEMPTS)).toBe(2);
    expect(movedSeries(now, CLOSES)).toEqual({ [LEFT]: 2 });
    expect(totalOf(now, TELEMETRY_LOST)).toBe(0);
    await tab.close();
    await proxy.close();
  });

  it.each([
    ["SOCKSCOPE_ERR_APP", { name: "another", isOurs: true }],
    ["SOCKSCOPE_ERR_ORIGIN", { name: PLAIN_APP, isOurs: false }],
  ] as const)(
    "a collector that is configured otherwise is explained on the console: %s",
    async (code, app) => {
      const anywhere = { host: "127.0.0.1", port: 0 };
      const origins = [app.isOurs ? scene.site.origin : "https://elsewhere.example"];
      const collector = await startCollector({
        listen: anywhere,
        admin: anywhere,
        apps: [{ name: app.name, origins }],
      });
      scene.closeAtEnd(collector);
      const page = await scene.site.open(scene.browser, collector.ingestUrl);
      const { faults, problems } = watch(page);
      for (let batch = 0; batch < 2; batch += 1) {
        await connect(page);
        await page.evaluate(() => sockscope.flush());
      }
      expect(problems).toEqual([expect.stringContaining(`[sockscope] ${code}: `)]);
      expect(faults).toEqual([]);
      await page.close();
    },
  );
});
