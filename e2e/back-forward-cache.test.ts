import {
  AFFECTED_SESSIONS,
  CLOSES,
  COLLECTOR_SESSIONS_ENDED,
  CONNECT_ATTEMPTS,
  FRAMES_RECEIVED,
  SESSIONS_ACTIVE,
  SESSIONS_STARTED,
} from "@sockscope/catalog";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { movedSeries, seriesName, totalOf } from "./testing/exposition.test-support.ts";
import { accepting, FRAME, type Peer } from "./testing/peers.test-support.ts";
import { type PlainCollector, startPlainCollector } from "./testing/plain-collector.test-support.ts";
import { type PlainSite, servePlainPage } from "./testing/plain-page.test-support.ts";

const ROUND_TRIPS = 20;
const FRAME_INTERVAL_MS = 20;
/** What the page in between reports is not of interest. The port is reserved, and nobody listens there. */
const NOWHERE = "http://127.0.0.1:9";

declare global {
  /** In the plain page: frames that its own listeners got, and returns from the cache. */
  var heard: { frames: number; returns: number };
}

describe("a page that goes back and forward while the server sends", () => {
  let browser: Browser;
  let site: PlainSite;
  let peer: Peer;
  let collector: PlainCollector;

  beforeAll(async () => {
    site = await servePlainPage();
    browser = await launchBrowser();
    peer = await accepting((socket) => {
      const timer = setInterval(() => socket.send(FRAME), FRAME_INTERVAL_MS);
      socket.on("close", () => clearInterval(timer));
    });
    collector = await startPlainCollector(site.origin);
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([site?.close(), peer?.close(), collector?.close()]);
  });

  /** A page that opens a socket, and another whenever it comes back, as clients do. */
  async function openPage(): Promise<Page> {
    const page = await site.open(browser, collector.url);
    await page.evaluate((to) => {
      globalThis.heard = { frames: 0, returns: 0 };
      const connect = (): void => {
        observed(to).addEventListener("message", () => {
          globalThis.heard.frames += 1;
        });
      };
      addEventListener("pageshow", ({ persisted }) => {
        if (!persisted) return;
        globalThis.heard.returns += 1;
        connect();
      });
      connect();
    }, peer.url);
    return page;
  }

  it("is one session, leaves once a round trip, and loses and invents nothing", async () => {
    const page = await openPage();
    for (let trip = 1; trip <= ROUND_TRIPS; trip += 1) {
      const before = await page.evaluate(() => globalThis.heard.frames);
      await page.waitForFunction((frames) => globalThis.heard.frames > frames + 2, before);
      await page.goto(`${site.origin}/?collector=${NOWHERE}`);
      // Not `goBack`, which waits for a page to load; one that comes out of the cache does not.
      await page.evaluate(() => history.back());
      await page.waitForFunction((returns) => globalThis.heard?.returns === returns, trip);
    }
    const frames = await page.evaluate(async () => {
      // In one task, so that no frame comes between the two.
      const { frames } = globalThis.heard;
      await sockscope.flush();
      return frames;
    });
    const exposition = await collector.scrapeWhen((now) => totalOf(now, FRAMES_RECEIVED) >= frames);
    expect(movedSeries(exposition, CLOSES)).toEqual({
      [seriesName(CLOSES.name, { code: "none", phase: "opened", ended_by: "left" })]: ROUND_TRIPS,
    });
    expect(movedSeries(exposition, AFFECTED_SESSIONS)).toEqual({});
    expect(totalOf(exposition, CONNECT_ATTEMPTS)).toBeGreaterThanOrEqual(ROUND_TRIPS);
    expect(totalOf(exposition, SESSIONS_STARTED)).toBe(1);
    expect(totalOf(exposition, SESSIONS_ACTIVE)).toBe(1);
    expect(totalOf(exposition, COLLECTOR_SESSIONS_ENDED)).toBe(1);
    expect(totalOf(exposition, FRAMES_RECEIVED)).toBe(frames);
  });
});
