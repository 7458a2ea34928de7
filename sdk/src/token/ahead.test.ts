import { beforeEach, describe, expect, it } from "vitest";
import { LONGEST_TIMER_MS } from "../host.ts";
import { settled } from "../testing/fake-host.test-support.ts";
import { deferred, FakeOrigin, type FakeTab, servesFor } from "../testing/fake-tabs.test-support.ts";
import { MIN_AHEAD_MS } from "./ahead.ts";
import { BASE_BACKOFF_MS, MAX_BACKOFF_MS } from "./ahead-backoff.ts";
import { type TokenStore, tokenStore } from "./token-store.ts";

const HOUR_MS = 3_600_000;
/** Without jitter, at the default margin. */
const DUE_MS = HOUR_MS - 30_000;

let origin: FakeOrigin;
let tab: FakeTab;
let store: TokenStore;

beforeEach(() => {
  origin = new FakeOrigin();
  tab = origin.tab();
  store = tokenStore({ url: "/renew", host: tab, refreshAhead: true });
});

describe("refreshing ahead", () => {
  it("is not done unless it is asked for", async () => {
    await tokenStore({ url: "/other", host: tab }).refreshAccessToken();
    await tab.pass(10 * HOUR_MS);
    expect(origin.requests).toHaveLength(1);
    expect(tab.subscribers.size).toBe(1);
  });

  it("comes before the margin begins, again and again", async () => {
    await store.refreshAccessToken();
    await tab.pass(DUE_MS - 1);
    expect(origin.requests).toHaveLength(1);
    await tab.pass(1);
    expect(origin.requests).toHaveLength(2);
    await tab.pass(DUE_MS);
    expect(origin.requests).toHaveLength(3);
  });

  it("comes up to a tenth earlier, at random, so that pages do not align", async () => {
    tab.randomByte = 128;
    await store.refreshAccessToken();
    await tab.pass(DUE_MS * 0.95 - 1);
    expect(origin.requests).toHaveLength(1);
    await tab.pass(1);
    expect(origin.requests).toHaveLength(2);
  });

  it("does not begin before something is known, nor when the end is not known", async () => {
    await tab.pass(HOUR_MS);
    expect(origin.requests).toHaveLength(0);
    origin.answer = () => new Response(null, { status: 204 });
    await store.refreshAccessToken();
    await tab.pass(10 * HOUR_MS);
    expect(origin.requests).toHaveLength(1);
  });

  it.each(["hidden", "offline"] as const)("is not done while the page is %s", async (event) => {
    await store.refreshAccessToken();
    await tab.emit(event);
    expect(tab.timers.size).toBe(0);
    await tab.pass(10 * HOUR_MS);
    expect(origin.requests).toHaveLength(1);
  });

  it.each([
    ["hidden", "visible"],
    ["offline", "online"],
  ] as const)("is made up for a little after %s became %s", async (away, back) => {
    tab.randomByte = 128;
    await store.refreshAccessToken();
    await tab.emit(away);
    await tab.pass(HOUR_MS);
    await tab.emit(back);
    await tab.pass(MIN_AHEAD_MS * 1.5 - 1);
    expect(origin.requests).toHaveLength(1);
    await tab.pass(1);
    expect(origin.requests).toHaveLength(2);
  });

  it("is not done by a timer that fires in a page of which no event said that it is hidden", async () => {
    await store.refreshAccessToken();
    tab.visible = false;
    await tab.pass(HOUR_MS);
    expect(origin.requests).toHaveLength(1);
  });

  it("is tried again after a failure", async () => {
    await store.refreshAccessToken();
    origin.answer = () => new Response(null, { status: 503 });
    await tab.pass(DUE_MS);
    origin.answer = () => servesFor(3_600);
    await tab.pass(BASE_BACKOFF_MS - 1);
    expect(origin.requests).toHaveLength(2);
    await tab.pass(1);
    expect(origin.requests).toHaveLength(3);
    await tab.pass(DUE_MS);
    expect(origin.requests).toHaveLength(4);
  });

  it.each([
    ["fails", () => new Response(null, { status: 500 })],
    ["cannot be reached", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["gets what serves for no time", () => servesFor(0)],
    ["gets what was over before", () => servesFor(-5)],
    ["gets what is over before it could be refreshed again", () => servesFor(5)],
  ])("is tried slower and slower while it %s", async (_, answer) => {
    await store.refreshAccessToken();
    origin.answer = answer;
    await tab.pass(DUE_MS);
    const before = origin.requests.length;
    const doublings = [1, 2, 4, 8, 16].map((times) => times * BASE_BACKOFF_MS);
    for (const delayMs of [...doublings, MAX_BACKOFF_MS, MAX_BACKOFF_MS]) {
      await tab.pass(delayMs - 1);
      const asked = origin.requests.length;
      await tab.pass(1);
      expect(origin.requests).toHaveLength(asked + 1);
    }
    expect(origin.requests).toHaveLength(before + 7);
  });

  it("is no sooner after a failure when the page is seen again", async () => {
    await store.refreshAccessToken();
    origin.answer = () => new Response(null, { status: 500 });
    await tab.pass(DUE_MS + BASE_BACKOFF_MS);
    await tab.emit("hidden");
    await tab.emit("visible");
    await tab.pass(2 * BASE_BACKOFF_MS - 1);
    expect(origin.requests).toHaveLength(3);
    await tab.pass(1);
    expect(origin.requests).toHaveLength(4);
  });

  it.each([
    ["in seconds", "300"],
    ["as a date", "Sun, 26 Jan 2025 10:05:00 GMT"],
  ])("waits for as long as the endpoint asks %s", async (_, retryAfter) => {
    await store.refreshAccessToken();
    origin.answer = () => new Response(null, { status: 429, headers: { "retry-after": retryAfter } });
    await tab.pass(DUE_MS - 1);
    tab.wall = Date.parse("Sun, 26 Jan 2025 10:00:00 GMT") - 1;
    await tab.pass(1);
    await tab.pass(300_000 - 1);
    expect(origin.requests).toHaveLength(2);
    await tab.pass(1);
    expect(origin.requests).toHaveLength(3);
  });

  it("waits for no longer than its cap, whatever the endpoint asks", async () => {
    await store.refreshAccessToken();
    origin.answer = () => new Response(null, { status: 429, headers: { "retry-after": "3600" } });
    await tab.pass(DUE_MS + MAX_BACKOFF_MS);
    expect(origin.requests).toHaveLength(3);
  });

  it("needs no more patience once something was refreshed that serves", async () => {
    await store.refreshAccessToken();
    origin.answer = () => new Response(null, { status: 429, headers: { "retry-after": "600" } });
    await tab.pass(DUE_MS);
    origin.answer = () => servesFor(120);
    await store.refreshAccessToken({ isForced: true });
    expect(origin.requests).toHaveLength(3);
    await tab.pass(90_000);
    expect(origin.requests).toHaveLength(4);
  });

  it("needs as much patience after another tab told that it failed, too", async () => {
    await store.refreshAccessToken();
    origin.answer = () => new Response(null, { status: 500 });
    await tab.pass(DUE_MS);
    origin.tell("sockscope:token:/renew", {});
    await settled();
    await tab.pass(BASE_BACKOFF_MS - 1);
    expect(origin.requests).toHaveLength(2);
    await tab.pass(1);
    expect(origin.requests).toHaveLength(3);
  });

  it("ends when the user is signed out", async () => {
    await store.refreshAccessToken();
    origin.answer = () => new Response(null, { status: 401 });
    await tab.pass(10 * HOUR_MS);
    expect(origin.requests).toHaveLength(2);
  });

  it("does not hurry where a session serves for no time", async () => {
    origin.answer = () => servesFor(0);
    await store.refreshAccessToken();
    await tab.pass(MIN_AHEAD_MS - 1);
    expect(origin.requests).toHaveLength(1);
  });

  it("waits for longer than a browser's timer can", async () => {
    const days = 60;
    origin.answer = () => servesFor(days * 86_400);
    await store.refreshAccessToken();
    expect([...tab.timers.values()].map(({ at }) => at - tab.clock)).toEqual([LONGEST_TIMER_MS]);
    await tab.pass(59 * 86_400_000);
    expect(origin.requests).toHaveLength(1);
    await tab.pass(86_400_000);
    expect(origin.requests).toHaveLength(2);
  });

  it("is put off by another tab that has refreshed", async () => {
    await store.refreshAccessToken();
    await tab.pass(HOUR_MS / 2);
    origin.tell("sockscope:token:/renew", { atWall: tab.wall, lifetimeMs: HOUR_MS });
    await settled();
    await tab.pass(DUE_MS - 1);
    expect(origin.requests).toHaveLength(1);
    await tab.pass(1);
    expect(origin.requests).toHaveLength(2);
  });

  it("ends with stop", async () => {
    await store.refreshAccessToken();
    store.stop();
    expect(tab.timers.size).toBe(0);
    expect(tab.subscribers.size).toBe(0);
    await store.refreshAccessToken({ isForced: true });
    await tab.pass(10 * HOUR_MS);
    expect(origin.requests).toHaveLength(2);
  });

  it("ends with stop while it is under way", async () => {
    await store.refreshAccessToken();
    const answer = deferred<Response>();
    origin.answer = () => answer.promise;
    await tab.pass(DUE_MS);
    store.stop();
    answer.resolve(servesFor(3_600));
    await settled();
    expect(tab.timers.size).toBe(0);
    expect(origin.requests).toHaveLength(2);
  });
});
