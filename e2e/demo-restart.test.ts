import { type ChatPage, openChatPage } from "@sockscope/demo/users";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { type ChatProcess, startChatProcess } from "./testing/chat-process.test-support.ts";

/** A busy machine takes its time. */
const PATIENCE_MS = 60_000;

describe("pages whose chat server is restarted", () => {
  let browser: Browser;
  let context: BrowserContext;
  let server: ChatProcess;
  let chat: ChatPage;
  /** What each page was told that its connections ended with. */
  let states: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    server = await startChatProcess();
    context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    states = [];
    await page.exposeFunction("tellState", (state: string) => states.push(state));
    chat = await openChatPage(page, server.url);
    await chat.connected();
    await page.evaluate(() => {
      const pill = document.querySelector<HTMLElement>('[data-testid="state"]') as HTMLElement;
      const { tellState } = globalThis as unknown as { tellState(state: string | undefined): void };
      new MutationObserver(() => tellState(pill.dataset["state"])).observe(pill, { attributes: true });
    });
  });

  afterEach(async () => {
    await context.close();
    await server.close();
  });

  const answers = () => chat.page.locator('[data-testid="messages"] [data-role="assistant"]:not(.typing)');

  it.each(["stop", "crash"] as const)(
    "are connected again with their session, and get the reply that was pending once, after a %s",
    async (end) => {
      await chat.page.getByTestId("message").fill("What does close code 4401 mean?");
      await chat.page.getByTestId("send").click();
      // Thought about, or half said.
      await chat.page.locator('.typing, [data-role="assistant-pending"]').first().waitFor();
      await server[end]();
      await chat.page.locator('[data-testid="state"]:not([data-state="open"])').waitFor();
      await server.start();
      await chat.connected();
      await answers().first().waitFor();
      // Whatever is on its way comes before the answer to another message.
      await chat.say("And now?");
      expect(await answers().count()).toBe(2);
      expect(await answers().first().innerText()).toContain("4401");
      expect(states).not.toContain("rejected");
    },
  );
});
