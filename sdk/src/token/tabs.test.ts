import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "../testing/fake-host.test-support.ts";
import { deferred, FakeOrigin, type FakeTab, servesFor } from "../testing/fake-tabs.test-support.ts";
import { NEWS_TIMEOUT_MS } from "./tabs.ts";
import { type TokenStore, tokenStore } from "./token-store.ts";

let origin: FakeOrigin;

beforeEach(() => {
  origin = new FakeOrigin();
});

interface Opened {
  readonly tab: FakeTab;
  readonly store: TokenStore;
}

function open(name?: string): Opened {
  const tab = origin.tab();
  return { tab, store: tokenStore({ url: "/renew", host: tab, ...(name && { name }) }) };
}

const noExpiry = (): Response => new Response(null, { status: 204 });

describe("tabs that wake together", () => {
  it.each([
    ["of a known life", () => servesFor(3_600)],
    ["of an unknown life", noExpiry],
  ])("make one request when the session is a cookie %s", async (_, response) => {
    const answer = deferred<Response>();
    origin.answer = () => answer.promise;
    const calls = Array.from({ length: 10 }, () => open().store.refreshAccessToken());
    await settled();
    answer.resolve(response());
    await Promise.all(calls);
    expect(origin.requests).toHaveLength(1);
  });

  it("make one request when the server turned all of them away, one after another", async () => {
    const stores = Array.from({ length: 3 }, () => open().store);
    for (const { refreshAccessToken } of stores) await refreshAccessToken();
    for (const { refreshAccessToken } of stores) await refreshAccessToken({ isForced: true });
    expect(origin.requests).toHaveLength(2);
  });

  it("make one each, one after another, when the answer has a bearer token, which no tab tells another", async () => {
    const first = deferred<Response>();
    origin.answer = () => first.promise;
    const calls = [open(), open()].map(({ store }) => store.refreshAccessToken());
    await settled();
    expect(origin.requests).toHaveLength(1);
    origin.answer = () => Response.json({ access_token: "two", expires_in: 60 });
    first.resolve(Response.json({ access_token: "one", expires_in: 60 }));
    expect(await Promise.all(calls)).toEqual(["one", "two"]);
    expect(JSON.stringify(origin.told)).not.toMatch(/one|two/);
  });

  it("leave a bearer token alone that one of them has when another refreshes a cookie", async () => {
    const { store } = open();
    origin.answer = () => Response.json({ access_token: "one", expires_in: 3_600 });
    await store.refreshAccessToken();
    origin.answer = () => servesFor(7_200);
    await open().store.refreshAccessToken();
    await settled();
    expect(await store.refreshAccessToken()).toBe("one");
    expect(origin.requests).toHaveLength(2);
  });

  it("make one each where their names differ", async () => {
    await open("one").store.refreshAccessToken();
    await open("other").store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("make one each, one after another, where there is no channel", async () => {
    origin.hasChannels = false;
    const calls = [open(), open()].map(({ store }) => store.refreshAccessToken());
    await settled();
    await Promise.all(calls);
    expect(origin.requests).toHaveLength(2);
  });

  it("make one each where there are no locks, and still tell each other", async () => {
    origin.locks = undefined;
    const early = [open(), open()];
    const late = open();
    await Promise.all(early.map(({ store }) => store.refreshAccessToken()));
    expect(origin.requests).toHaveLength(2);
    await late.store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });
});

describe("a tab that asks", () => {
  it.each([
    ["has the lock", undefined],
    ["is denied every lock, as a sandboxed frame is", { request: () => Promise.reject(new Error("denied")) }],
  ])("asks once when it %s, whatever the endpoint answers", async (_, locks) => {
    origin.locks = locks ?? origin.locks;
    const { store } = open();
    origin.answer = () => new Response(null, { status: 401 });
    await expect(store.refreshAccessToken()).rejects.toMatchObject({ isSignedOut: true });
    expect(origin.requests).toHaveLength(1);
    origin.answer = () => servesFor(3_600);
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });
});

describe("a tab that waits for another", () => {
  /** Two tabs, of which the second waits for the first, whose request is under way. */
  async function waiting() {
    const answer = deferred<Response>();
    origin.answer = () => answer.promise;
    const [first, second] = [open(), open()];
    const attempt = new AbortController();
    const firstCall = first.store.refreshAccessToken({ signal: attempt.signal });
    await settled();
    const secondCall = second.store.refreshAccessToken();
    await settled();
    return { answer, first, second, attempt, firstCall, secondCall };
  }

  it("waits for the news when its turn comes before them", async () => {
    const { answer, second, secondCall } = await waiting();
    origin.delivers = false;
    answer.resolve(servesFor(3_600));
    await settled();
    await origin.deliver();
    await secondCall;
    expect(origin.requests).toHaveLength(1);
    expect(second.tab.timers.size).toBe(0);
  });

  it("asks itself when no news come, as of a tab that crashed", async () => {
    const { answer, second, secondCall } = await waiting();
    origin.delivers = false;
    answer.resolve(servesFor(3_600));
    await settled();
    origin.answer = () => servesFor(3_600);
    await second.tab.pass(NEWS_TIMEOUT_MS - 1);
    expect(origin.requests).toHaveLength(1);
    await second.tab.pass(1);
    await secondCall;
    expect(origin.requests).toHaveLength(2);
  });

  it("asks itself at once when the other failed", async () => {
    const { answer, firstCall, secondCall } = await waiting();
    origin.answer = () => servesFor(3_600);
    answer.reject(new TypeError("Failed to fetch"));
    await expect(firstCall).rejects.toMatchObject({ code: "SOCKSCOPE_ERR_REFRESH" });
    await secondCall;
    expect(origin.requests).toHaveLength(2);
  });

  it("asks itself at once when the other gave up", async () => {
    const { attempt, firstCall, secondCall } = await waiting();
    origin.answer = () => servesFor(3_600);
    attempt.abort();
    await expect(firstCall).rejects.toMatchObject({ name: "AbortError" });
    await secondCall;
    expect(origin.requests).toHaveLength(2);
  });

  it("fails at its own time-out", async () => {
    const { second, secondCall } = await waiting();
    const failure = expect(secondCall).rejects.toMatchObject({ code: "SOCKSCOPE_ERR_REFRESH" });
    await second.tab.pass(10_000);
    await failure;
    expect(origin.requests).toHaveLength(1);
  });

  it("leaves the queue when it gives up", async () => {
    const answer = deferred<Response>();
    origin.answer = () => answer.promise;
    const [first, second] = [open(), open()];
    const call = first.store.refreshAccessToken();
    const attempt = new AbortController();
    const failure = expect(second.store.refreshAccessToken({ signal: attempt.signal })).rejects.toMatchObject(
      {
        name: "AbortError",
      },
    );
    await settled();
    attempt.abort();
    await failure;
    answer.resolve(Response.json({ access_token: "one" }));
    await call;
    await settled();
    expect(origin.requests).toHaveLength(1);
  });
});
