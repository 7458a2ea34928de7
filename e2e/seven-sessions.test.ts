import { COLLECTOR_SESSIONS_ENDED, SESSIONS_ACTIVE, SESSIONS_STARTED } from "@sockscope/catalog";
import { type ChatPage, openChatPage } from "@sockscope/demo/users";
import { DEMO_APP, type Stack, startStack } from "@sockscope/stack";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrivesAt } from "./testing/arrival.test-support.ts";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { seriesName } from "./testing/exposition.test-support.ts";

const STAY = 7;
/** Twenty people come and leave, some at a time. */
const GROUPS = 2;
const IN_A_GROUP = 10;
/** Ten pages that load at once keep a busy machine waiting. */
const PATIENCE_MS = 120_000;

const ACTIVE = seriesName(SESSIONS_ACTIVE.name, { app: DEMO_APP });
const STARTED = seriesName(SESSIONS_STARTED.name, { app: DEMO_APP });
const LEFT = seriesName(COLLECTOR_SESSIONS_ENDED.name, { app: DEMO_APP, how: "left" });

describe("sessions that are active", () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  /** Somebody who chats until two batches of the page were counted: a session counts as active from its second on. */
  async function arrive(): Promise<ChatPage> {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const chat = await openChatPage(page, stack.chat.pageUrl);
    await chat.connected();
    const counted = chat.page.locator('[data-testid="batches"] [data-tone="good"]');
    await counted.first().waitFor();
    await chat.say("Is anybody there?");
    await counted.nth(1).waitFor();
    return chat;
  }

  function arriveTogether(people: number): Promise<ChatPage[]> {
    return Promise.all(Array.from({ length: people }, arrive));
  }

  it("are the pages that are open, however many others came and left", async () => {
    await arriveTogether(STAY);
    expect(await arrivesAt(stack, ACTIVE, STAY)).toBe(STAY);
    for (let group = 0; group < GROUPS; group += 1) {
      const visitors = await arriveTogether(IN_A_GROUP);
      expect(await arrivesAt(stack, ACTIVE, STAY + IN_A_GROUP)).toBe(STAY + IN_A_GROUP);
      await Promise.all(visitors.map((visitor) => visitor.leave()));
      expect(await arrivesAt(stack, ACTIVE, STAY)).toBe(STAY);
    }
    expect(await arrivesAt(stack, STARTED, STAY + GROUPS * IN_A_GROUP)).toBe(STAY + GROUPS * IN_A_GROUP);
    expect(await arrivesAt(stack, LEFT, GROUPS * IN_A_GROUP)).toBe(GROUPS * IN_A_GROUP);
    // Twenty-seven Chromium pages that chat: a busy machine takes minutes for them.
  }, 400_000);
});
