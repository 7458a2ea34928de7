import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type {} from "./pages/session.ts";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { type SessionSite, serveSession } from "./testing/session-site.test-support.ts";

const TABS = 10;

describe("token stores in the tabs of a browser", () => {
  let browser: Browser;
  let context: BrowserContext;
  let site: SessionSite;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    site = await serveSession();
    context = await browser.newContext();
  });
  afterEach(async () => {
    await context.close();
    await site.close();
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function openTab(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(site.origin);
    return page;
  }

  function openTabs(count: number): Promise<Page[]> {
    return Promise.all(Array.from({ length: count }, openTab));
  }

  /** Asks, and does not wait. */
  async function ask(page: Page, isForced = false): Promise<void> {
    await page.evaluate((forced) => {
      globalThis.outcome = refreshed(forced).then(
        () => "refreshed",
        (error) => String(error),
      );
    }, isForced);
  }

  const outcomeOf = (page: Page): Promise<string | undefined> => page.evaluate(() => globalThis.outcome);
  const cookieOf = (page: Page): Promise<string> =>
    page.evaluate(() => fetch("/session").then((answer) => answer.text()));

  /** Until so many tabs wait for another. */
  async function waiting(page: Page, count: number): Promise<void> {
    await page.waitForFunction(
      async (wanted) => (await navigator.locks.query()).pending?.length === wanted,
      count,
    );
  }

  it("make one request for ten tabs that wake together, and none later on", async () => {
    const tabs = await openTabs(TABS);
    site.hold();
    await Promise.all(tabs.map((tab) => ask(tab)));
    await waiting(tabs[0] as Page, TABS - 1);
    expect(site.renewals()).toBe(1);
    site.release();
    expect(await Promise.all(tabs.map(outcomeOf))).toEqual(Array(TABS).fill("refreshed"));
    await Promise.all(tabs.map((tab) => ask(tab)));
    await Promise.all(tabs.map(outcomeOf));
    expect(site.renewals()).toBe(1);
    expect(new Set(await Promise.all(tabs.map(cookieOf)))).toEqual(new Set(["session=1"]));
    expect(await tabs[0]?.evaluate(() => document.cookie)).toBe("");
  });

  it("make one request when the server turned two tabs away, one a little later", async () => {
    const [first, second] = (await openTabs(2)) as [Page, Page];
    for (const isForced of [false, true]) {
      site.hold();
      const asked = site.asked();
      await ask(first, isForced);
      await asked;
      await ask(second, isForced);
      await waiting(second, 1);
      site.release();
      expect(await Promise.all([first, second].map(outcomeOf))).toEqual(["refreshed", "refreshed"]);
    }
    expect(site.renewals()).toBe(2);
  });

  it("take over from a tab that is closed while its request is under way", async () => {
    const [first, second] = (await openTabs(2)) as [Page, Page];
    site.hold();
    const asked = site.asked();
    await ask(first);
    await asked;
    await ask(second);
    await waiting(second, 1);
    const again = site.asked();
    await first.close();
    await again;
    site.release();
    expect(await outcomeOf(second)).toBe("refreshed");
    expect(site.renewals()).toBe(2);
  });

  it("leave a page its place in the back/forward cache", async () => {
    const page = await openTab();
    await ask(page);
    await outcomeOf(page);
    await page.goto(`${site.origin}/session`);
    await page.evaluate(() => history.back());
    await page.waitForFunction(() => "refreshed" in globalThis);
    // A page that was loaded again has asked nothing yet.
    expect(await outcomeOf(page)).toBe("refreshed");
  });
});
