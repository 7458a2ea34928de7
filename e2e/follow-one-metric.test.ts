import { ALERTS } from "@sockscope/alerts";
import {
  AFFECTED_SESSIONS,
  CLOSES,
  COLLECTOR_SESSIONS_ENDED,
  CONNECTION_DURATION,
  type LabelSet,
  type Metric,
  SERVER_CLOSES,
  SESSIONS_ACTIVE,
  SESSIONS_STARTED,
} from "@sockscope/catalog";
import { type ChatPage, openChatPage } from "@sockscope/demo/users";
import { DEMO_APP, loadedRules, type Stack, startStack, until } from "@sockscope/stack";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrives, arrivesAt } from "./testing/arrival.test-support.ts";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { seriesName } from "./testing/exposition.test-support.ts";

/** More than the alert's minimum of sessions: `rate()` sees a little less than what was counted. */
const EXPIRED_SESSIONS = 30;
/** How often one more page presses its way back, only to be logged out again. */
const RECONNECTS = 5;
const STATE_TIMEOUT_MS = 60_000;

/** The one series of the demo's app with these labels. */
function ofDemo({ name }: Metric, labels: LabelSet = {}): string {
  return seriesName(name, { app: DEMO_APP, ...labels });
}

const EXPIRED_IN_BROWSER = ofDemo(CLOSES, { code: "4401", phase: "opened", ended_by: "peer" });
const AFFECTED = ofDemo(AFFECTED_SESSIONS, { code: "4401" });
const EXPIRED_AT_SERVER = ofDemo(SERVER_CLOSES, { code: "4401", reason: "authentication_expired" });
const STARTED = ofDemo(SESSIONS_STARTED);
const LEFT = ofDemo(COLLECTOR_SESSIONS_ENDED, { how: "left" });

describe("one metric, from a page's close event to the alert's expression", () => {
  let stack: Stack;
  let browser: Browser;
  /** Somebody whom nothing happens to, so that there is a session to hold the others against. */
  let bystander: ChatPage;
  /** The tab that is loaded again and again. */
  let tab: Page;

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchBrowser();
    bystander = await openChatPage(await browser.newPage(), stack.chat.pageUrl);
    tab = await browser.newPage();
    await bystander.connected();
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it("exposes the close code at zero before anything closes", async () => {
    expect(await arrives(stack, EXPIRED_IN_BROWSER, () => true)).toBe(0);
    expect(await arrives(stack, AFFECTED, () => true)).toBe(0);
  });

  it("counts every expired session exactly once, in the browser and at the server", async () => {
    for (let session = 0; session < EXPIRED_SESSIONS; session += 1) {
      const chat = await openChatPage(tab, stack.chat.pageUrl);
      await chat.connected();
      await chat.expireSession();
      // The next one is somebody else, whose tab does not remember that this close has hit its user already.
      await tab.evaluate(() => sessionStorage.clear());
    }
    expect(await arrivesAt(stack, EXPIRED_IN_BROWSER, EXPIRED_SESSIONS)).toBe(EXPIRED_SESSIONS);
    expect(await arrivesAt(stack, AFFECTED, EXPIRED_SESSIONS)).toBe(EXPIRED_SESSIONS);
    expect(await arrivesAt(stack, EXPIRED_AT_SERVER, EXPIRED_SESSIONS)).toBe(EXPIRED_SESSIONS);
  });

  it("counts a session for every page load, and an end for every page that was left", async () => {
    const bystanders = 1;
    const open = 1;
    expect(await arrivesAt(stack, STARTED, EXPIRED_SESSIONS + bystanders)).toBe(
      EXPIRED_SESSIONS + bystanders,
    );
    expect(await arrivesAt(stack, LEFT, EXPIRED_SESSIONS - open)).toBe(EXPIRED_SESSIONS - open);
  });

  it("makes the alert's expression true for the app, and the rule go pending", async () => {
    // The second batch is what makes a session count as active.
    await bystander.say("What does close code 4401 mean?");
    expect(await arrives(stack, ofDemo(SESSIONS_ACTIVE), (sessions) => sessions > 0)).toBeGreaterThan(0);
    const alert = ALERTS.find(({ name }) => name === "WsAuthCloseSpike") ?? expect.fail();
    const { promql } = alert.expression;
    const share = (await arrives(stack, promql, Number.isFinite)) ?? expect.fail();
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThanOrEqual(1);
    const state = await until(
      async () => {
        const rule = (await loadedRules(stack.prometheus.url)).find(({ name }) => name === alert.name);
        return rule?.state === "pending" || rule?.state === "firing" ? rule.state : undefined;
      },
      { timeoutMs: STATE_TIMEOUT_MS },
    );
    expect(state).toBe("pending");
  });

  it("counts a session that is hit again and again as one, and each of its closes", async () => {
    const chat = await openChatPage(tab, stack.chat.pageUrl);
    await chat.connected();
    await chat.expireSession();
    for (let press = 0; press < RECONNECTS; press += 1) {
      await chat.reconnect();
      await chat.expireSession();
    }
    const closes = EXPIRED_SESSIONS + 1 + RECONNECTS;
    expect(await arrivesAt(stack, EXPIRED_IN_BROWSER, closes)).toBe(closes);
    expect(await arrivesAt(stack, EXPIRED_AT_SERVER, closes)).toBe(closes);
    expect(await arrives(stack, AFFECTED, (sessions) => sessions > EXPIRED_SESSIONS)).toBe(
      EXPIRED_SESSIONS + 1,
    );
  });

  it("counts the connection of a page that goes away, which only a beacon can tell", async () => {
    await bystander.leave();
    expect(
      await arrivesAt(stack, ofDemo(CLOSES, { code: "none", phase: "opened", ended_by: "left" }), 1),
    ).toBe(1);
    const ended = EXPIRED_SESSIONS + 1 + RECONNECTS + 1;
    const durations = seriesName(`${CONNECTION_DURATION.name}_count`, { app: DEMO_APP });
    expect(await arrivesAt(stack, durations, ended)).toBe(ended);
    expect(await arrivesAt(stack, LEFT, EXPIRED_SESSIONS + 1)).toBe(EXPIRED_SESSIONS + 1);
  });
});
