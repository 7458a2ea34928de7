import { CLOSES, DEFAULT_CATALOG, SESSIONS_ACTIVE } from "@sockscope/catalog";
import { faultsClient } from "@sockscope/demo/faults";
import { type ChatPage, openChatPage } from "@sockscope/demo/users";
import { type Stack, startStack } from "@sockscope/stack";
import { dashboardPanels } from "@sockscope/stack/grafana";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrives } from "./testing/arrival.test-support.ts";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { answerFaults } from "./testing/panels/answer-faults.test-support.ts";
import { type Answered, askAll, distinct } from "./testing/panels/executed.test-support.ts";
import { legendFaults } from "./testing/panels/legend-faults.test-support.ts";

/** A busy machine takes its time. */
const PATIENCE_MS = 60_000;
/** What a reader looks at. */
const LAST_SECONDS = 300;

describe("every panel of every dashboard, of real pages and servers", () => {
  let stack: Stack;
  let browser: Browser;
  let answers: readonly Answered[];

  async function openPage(): Promise<ChatPage> {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const chat = await openChatPage(page, stack.chat.pageUrl);
    await chat.connected();
    return chat;
  }

  /** One page is closed and comes back, the other loses its session; both talk. */
  async function trouble(): Promise<void> {
    const [one, other] = [await openPage(), await openPage()];
    await one.say("What does close code 4401 mean?");
    await faultsClient(stack.chat.metricsUrl).turnOn("restart");
    await one.connected();
    await other.connected();
    await other.say("And now?");
    await other.expireSession();
    await other.reconnect();
    await one.say("Is anybody there?");
  }

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchBrowser();
    await trouble();
    await arrives(stack, `sum(${SESSIONS_ACTIVE.name})`, (sessions) => sessions >= 2);
    await arrives(stack, `sum(increase(${CLOSES.name}[5m]))`, (closes) => closes > 0);
    const until = Math.floor(Date.now() / 1_000);
    answers = await askAll(stack.prometheus.url, dashboardPanels(DEFAULT_CATALOG), {
      from: until - LAST_SECONDS,
      until,
      intervalSeconds: 1,
    });
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it("is asked for", () => {
    expect(answers.length).toBeGreaterThan(0);
  });

  it("neither fails nor is NaN, and is not empty where it does not say when it is", () => {
    expect(distinct(answerFaults(answers, { due: "every panel", isQuiet: false }))).toEqual([]);
  });

  it("has legends that tell its series apart", () => {
    expect(distinct(legendFaults(answers))).toEqual([]);
  });
});
