import { WS_AUTH_CLOSE_SPIKE } from "@sockscope/alerts";
import { CLOSES, CONNECTION_DURATION, SERVER_CLOSES } from "@sockscope/catalog";
import { CONNECTIONS } from "@sockscope/dashboards";
import {
  type ChatPage,
  DEMO_APP,
  launchChromium,
  loadedRules,
  openChatPage,
  query,
  readPrograms,
  type Stack,
  startStack,
  until,
} from "@sockscope/stack";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** A panel's query as Grafana asks it, with every app chosen. */
function asGrafanaAsks(promql: string): string {
  return promql.replaceAll("$app", ".+").replaceAll("$__rate_interval", "5m");
}

/** More than the alert's minimum of closes: `rate()` sees a little less than what was counted. */
const EXPIRED_SESSIONS = 30;
const ARRIVAL_TIMEOUT_MS = 60_000;

describe("one metric, from a page's close event to the alert's expression", () => {
  let stack: Stack;
  let browser: Browser;
  let chat: ChatPage;

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(readPrograms());
    chat = await openChatPage(await browser.newPage(), stack.chat.pageUrl);
    await chat.connected();
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  /** The value of an expression with one result, once it satisfies the condition; the last value seen otherwise. */
  async function arrives(promql: string, isThere: (value: number) => boolean): Promise<number | undefined> {
    let last: number | undefined;
    await until(
      async () => {
        last = (await query(stack.prometheus.url, promql))[0]?.value;
        return last !== undefined && isThere(last) ? last : undefined;
      },
      { timeoutMs: ARRIVAL_TIMEOUT_MS },
    );
    return last;
  }

  it("exposes the close code at zero before anything closes", async () => {
    const atZero = `${CLOSES.name}{app="${DEMO_APP}",code="4401",phase="opened"}`;
    expect(await arrives(atZero, () => true)).toBe(0);
  });

  it("counts every expired session exactly once, in the browser and at the server", async () => {
    for (let session = 0; session < EXPIRED_SESSIONS; session += 1) {
      await chat.expireSession();
      await chat.reconnect();
    }
    const inBrowser = `${CLOSES.name}{app="${DEMO_APP}",code="4401",phase="opened"}`;
    const atServer = `${SERVER_CLOSES.name}{code="4401",reason="authentication_expired"}`;
    expect(await arrives(inBrowser, (value) => value >= EXPIRED_SESSIONS)).toBe(EXPIRED_SESSIONS);
    expect(await arrives(atServer, (value) => value >= EXPIRED_SESSIONS)).toBe(EXPIRED_SESSIONS);
  });

  it("makes the alert's expression true for the app, and the rule go pending", async () => {
    expect(await arrives(WS_AUTH_CLOSE_SPIKE.expression.promql, (share) => share > 0)).toBeGreaterThan(1);
    const state = await until(
      async () => {
        const rule = (await loadedRules(stack.prometheus.url)).find(
          ({ name }) => name === WS_AUTH_CLOSE_SPIKE.name,
        );
        return rule?.state === "pending" || rule?.state === "firing" ? rule.state : undefined;
      },
      { timeoutMs: ARRIVAL_TIMEOUT_MS },
    );
    expect(state).toBe("pending");
  });

  it("counts the connection of a page that goes away, which only a beacon can tell", async () => {
    const durations = `${CONNECTION_DURATION.name}_count{app="${DEMO_APP}"}`;
    const goneAway = `${CLOSES.name}{app="${DEMO_APP}",code="1001",phase="opened"}`;
    await chat.leave();
    expect(await arrives(goneAway, (value) => value >= 1)).toBe(1);
    expect(await arrives(durations, (value) => value > EXPIRED_SESSIONS)).toBe(EXPIRED_SESSIONS + 1);
  });

  it("has something to show in every panel of the dashboard", async () => {
    for (const { title, queries } of CONNECTIONS.panels) {
      for (const { expression } of queries) {
        expect(await arrives(asGrafanaAsks(expression.promql), Number.isFinite), title).toBeDefined();
      }
    }
  });
});
