import { CLOSE_POLICIES, CLOSES, type CloseCodeLabel, CONNECT_ATTEMPTS } from "@sockscope/catalog";
import type { ChatSocket } from "@sockscope/sdk/socket";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { movedSeries, seriesName } from "./testing/exposition.test-support.ts";
import { accepting, type Peer } from "./testing/peers.test-support.ts";
import { type PlainCollector, startPlainCollector } from "./testing/plain-collector.test-support.ts";
import { type PlainSite, servePlainPage } from "./testing/plain-page.test-support.ts";

declare global {
  /** In the plain page: its chat sockets. */
  var chats: ChatSocket[];
}

/** Codes that a server can send. */
const SENT = (Object.keys(CLOSE_POLICIES) as CloseCodeLabel[])
  .map(Number)
  .filter((code) => code > 0 && ![1004, 1005, 1006, 1010, 1015].includes(code))
  .concat(3999, 4999);

/** A busy machine takes its time. */
const PATIENCE_MS = 60_000;
const ROUND_TRIPS = 5;

/** A page in the cache is frozen, too, and that is what it comes back from first. */
const RETURNED = seriesName(CONNECT_ATTEMPTS.name, { outcome: "opened", trigger: "resume" });
const LEFT = seriesName(CLOSES.name, { code: "none", phase: "opened", ended_by: "left" });

describe("a chat socket in a browser", () => {
  let browser: Browser;
  let site: PlainSite;
  let collector: PlainCollector;
  let peer: Peer | undefined;

  beforeAll(async () => {
    site = await servePlainPage();
    collector = await startPlainCollector(site.origin);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([site?.close(), collector?.close(), peer?.close()]);
  });

  /** A page with a chat socket to each of these, that begins anew whenever a second connection would follow. */
  async function chatting(urls: readonly string[]): Promise<Page> {
    const page = await site.open(browser, collector.url);
    page.setDefaultTimeout(PATIENCE_MS);
    await page.evaluate(async (to) => {
      const { chatSocket } = await entry<typeof import("@sockscope/sdk/socket")>("@sockscope/sdk/socket");
      globalThis.chats = to.map((url) =>
        chatSocket(url, { sockscope, episode: url, rehydration: false, heartbeat: false }),
      );
    }, urls);
    return page;
  }

  async function serving(treat: (socket: WebSocket, path: string) => void): Promise<Peer> {
    await peer?.close();
    peer = await accepting(treat);
    return peer;
  }

  it("makes no more attempts than the schedule has where a server accepts and then closes, whatever the code", async () => {
    const attempts = new Map<string, number>();
    const { url } = await serving((socket, path) => {
      attempts.set(path, (attempts.get(path) ?? 0) + 1);
      socket.close(Number(path.slice(1)));
    });
    const page = await chatting(SENT.map((code) => `${url}/${code}`));
    await page.waitForFunction(() =>
      globalThis.chats.every(({ state }) =>
        state.status === "waiting" ? state.attempt >= 4 : ["closed", "rejected"].includes(state.status),
      ),
    );
    const stopped = SENT.filter((code) => CLOSE_POLICIES[String(code) as CloseCodeLabel]?.action === "stop");
    for (const code of SENT) {
      const made = attempts.get(`/${code}`) ?? 0;
      expect([code, made]).toEqual([
        code,
        stopped.includes(code) ? 1 : expect.toSatisfy((n: number) => n >= 3 && n <= 5),
      ]);
    }
    await page.close();
  });

  it("tells the server at once that it goes into the back/forward cache, and has one connection on each return", async () => {
    const closes: number[] = [];
    const { url } = await serving((socket) => {
      socket.send('{"type":"chat_status","event":"typing","value":false}');
      socket.on("close", (code) => closes.push(code));
    });
    const page = await chatting([`${url}/cache`]);
    const isOpen = (): Promise<unknown> =>
      page.waitForFunction(() => globalThis.chats?.[0]?.state.status === "open");
    for (let trip = 1; trip <= ROUND_TRIPS; trip += 1) {
      await isOpen();
      await page.goto(`${site.origin}/blank`);
      await expect.poll(() => closes.length, { timeout: PATIENCE_MS }).toBe(trip);
      await page.evaluate(() => history.back());
    }
    await isOpen();
    expect(closes).toEqual(Array.from({ length: ROUND_TRIPS }, () => 1000));
    const counted = await collector.flushUntil(
      page,
      (now) => movedSeries(now, CONNECT_ATTEMPTS)[RETURNED] === ROUND_TRIPS,
    );
    expect(movedSeries(counted, CONNECT_ATTEMPTS)[RETURNED]).toBe(ROUND_TRIPS);
    expect(movedSeries(counted, CLOSES)[LEFT]).toBe(ROUND_TRIPS);
    await page.close();
  });
});
