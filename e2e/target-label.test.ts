import { CONNECT_ATTEMPTS, SERVER_CONNECTIONS_OPENED } from "@sockscope/catalog";
import { openChatPage } from "@sockscope/demo/users";
import { DEMO_APP, query, type Stack, startStack } from "@sockscope/stack";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrives } from "./testing/arrival.test-support.ts";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { seriesName } from "./testing/exposition.test-support.ts";

const OTHER_APP = "shop";

/** What Kubernetes' labelmap makes of a pod's labels. */
const STAMPED = "kube";

describe("a target label app, as Kubernetes stamps it", () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    stack = await startStack({ otherApps: [OTHER_APP], targetLabels: { app: STAMPED } });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  /** Chats on the demo's page, which reports under this app. */
  async function chatAs(app: string): Promise<void> {
    const page = await browser.newPage();
    await page.route("**/config.json", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), app } });
    });
    const chat = await openChatPage(page, stack.chat.pageUrl);
    await chat.connected();
    // A beacon that is still intercepted when its page closes never leaves the browser.
    await page.unrouteAll();
    // The server's first frame decides the attempt.
    await chat.say("Is anybody there?");
    await chat.leave();
    await page.close();
  }

  function openedAttempts(app: string): string {
    return seriesName(CONNECT_ATTEMPTS.name, { app, outcome: "opened", trigger: "initial" });
  }

  it("keeps the apps of one collector apart", async () => {
    await chatAs(DEMO_APP);
    await chatAs(OTHER_APP);
    await chatAs(OTHER_APP);
    expect(await arrives(stack, openedAttempts(DEMO_APP), (value) => value >= 1)).toBe(1);
    expect(await arrives(stack, openedAttempts(OTHER_APP), (value) => value >= 2)).toBe(2);
  });

  it("leaves the chat server its own app", async () => {
    const opened = seriesName(SERVER_CONNECTIONS_OPENED.name, { app: DEMO_APP, auth_method: "cookie" });
    expect(await arrives(stack, opened, (value) => value >= 3)).toBe(3);
  });

  it("is on the targets, and moves no metric's label aside", async () => {
    const jobs = await query(stack.prometheus.url, `count by (job) (up{app="${STAMPED}"})`);
    expect(jobs).toHaveLength(2);
    expect(await query(stack.prometheus.url, '{exported_app=~".+"}')).toEqual([]);
    const stamped = `{app="${STAMPED}",__name__=~"ws_.+"}`;
    expect(await query(stack.prometheus.url, stamped)).toEqual([]);
  });
});
