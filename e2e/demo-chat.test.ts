import { type Demo, startDemo } from "@sockscope/demo/server";
import { type ChatPage, openChatPage } from "@sockscope/demo/users";
import { until } from "@sockscope/stack";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { type CuttingProxy, startCuttingProxy } from "./testing/cutting-proxy.test-support.ts";
import { openUnwatched } from "./testing/unwatched-tab.test-support.ts";

/** Nobody listens there: what the page reports is not of interest. */
const NOWHERE = "http://127.0.0.1:9";
/** A busy machine takes its time. */
const PATIENCE_MS = 60_000;

interface LogLine {
  readonly event?: string;
  readonly code?: number;
}

declare global {
  /** In the demo's page: every state that its pill has shown. */
  var shownStates: string[];
}

describe("the demo's chat, in a browser and over a network that is not always there", () => {
  let browser: Browser;
  let context: BrowserContext;
  let demo: Demo;
  let proxy: CuttingProxy;
  let chat: ChatPage;
  const lines: LogLine[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    lines.length = 0;
    demo = await startDemo({ collectorUrl: NOWHERE, log: (line) => lines.push(line as LogLine) });
    proxy = await startCuttingProxy(demo.pageUrl);
    context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    chat = await openChatPage(page, proxy.url);
    await chat.connected();
    await page.evaluate(() => {
      const pill = document.querySelector<HTMLElement>('[data-testid="state"]') as HTMLElement;
      globalThis.shownStates = [];
      new MutationObserver(() => globalThis.shownStates.push(pill.dataset["state"] ?? "")).observe(pill, {
        attributes: true,
      });
    });
  });

  afterEach(async () => {
    await context.close();
    await proxy.close();
    await demo.close();
  });

  const closes = (): readonly (number | undefined)[] =>
    lines.flatMap(({ event, code }) => (event === "close" ? [code] : []));
  const messages = (role: "user" | "assistant") =>
    chat.page.locator(`[data-testid="messages"] [data-role="${role}"]:not(.typing)`);

  async function write(text: string): Promise<void> {
    await chat.page.getByTestId("message").fill(text);
    await chat.page.getByTestId("send").click();
    await messages("user").filter({ hasText: text }).waitFor();
  }

  async function isAnsweredOnce(text: string): Promise<void> {
    await messages("assistant").first().waitFor();
    // Whatever is on its way comes before the answer to another message.
    await chat.say("And now?");
    expect(await messages("user").filter({ hasText: text }).count()).toBe(1);
    expect(await messages("assistant").count()).toBe(2);
  }

  it("answers a message once that vanished in a dying connection", async () => {
    proxy.swallow(true);
    await write("Can you hear me?");
    proxy.cut();
    proxy.swallow(false);
    await isAnsweredOnce("Can you hear me?");
  });

  it("shows an answer once that was on its way when the connection was cut", async () => {
    await write("Can you hear me?");
    await chat.page.locator(".typing").waitFor();
    proxy.cut();
    await isAnsweredOnce("Can you hear me?");
  });

  it("sends what was written while there was no connection, in order", async () => {
    proxy.refuse(true);
    await chat.page.locator('[data-testid="state"]:not([data-state="open"])').waitFor();
    await write("first");
    await write("second");
    proxy.refuse(false);
    await messages("assistant").nth(1).waitFor();
    expect(await messages("user").allInnerTexts()).toEqual([
      expect.stringContaining("first"),
      expect.stringContaining("second"),
    ]);
  });

  it("is offline without a network, and connects with the first attempt when that is back", async () => {
    await context.setOffline(true);
    proxy.refuse(true);
    await chat.page.locator('[data-state="offline"]').first().waitFor();
    proxy.refuse(false);
    await context.setOffline(false);
    await chat.connected();
    expect(await chat.page.evaluate(() => globalThis.shownStates)).toEqual(["offline", "connecting", "open"]);
  });

  it("renews the session once for a page, however often that connects", async () => {
    const renewals: string[] = [];
    chat.page.on("request", (request) => {
      if (request.url().endsWith("/session/renew")) renewals.push(request.method());
    });
    proxy.refuse(true);
    await chat.page.locator('[data-testid="state"]:not([data-state="open"])').waitFor();
    proxy.refuse(false);
    await chat.connected();
    expect(renewals).toEqual([]);
    await chat.page.reload();
    await chat.connected();
    expect(renewals).toEqual(["POST"]);
  });

  it("tells the user that authentication failed, and comes back with a new session when asked", async () => {
    await chat.expireSession();
    expect(await chat.page.getByTestId("state").innerText()).toContain(
      "Authentication failed. Please refresh the page.",
    );
    await chat.reconnect();
    await chat.say("Is anybody there?");
    expect(closes()).toEqual([4401]);
  });

  it("leaves the server at once when it is frozen, and is connected again when it is seen", async () => {
    const tab = await openUnwatched(browser, proxy.url);
    const state = (): Promise<string | undefined> =>
      tab.evaluate(() => document.querySelector<HTMLElement>('[data-testid="state"]')?.dataset["state"]);
    try {
      await until(async () => (await state()) === "open" || undefined, { timeoutMs: PATIENCE_MS });
      await tab.freeze();
      await until(async () => closes().length === 1 || undefined, { timeoutMs: PATIENCE_MS });
      await tab.comeBack();
      await until(async () => (await state()) === "open" || undefined, { timeoutMs: PATIENCE_MS });
      expect(closes()).toEqual([1000]);
    } finally {
      await tab.close();
    }
  });
});
