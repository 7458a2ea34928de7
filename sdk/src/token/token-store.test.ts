import { beforeEach, describe, expect, it } from "vitest";
import type { TokenRequest } from "../socket/token-request.ts";
import { FakeOrigin, type FakeTab, servesFor } from "../testing/fake-tabs.test-support.ts";
import { NEWS_MS } from "./held-lease.ts";
import { DEFAULT_MARGIN_MS } from "./token-options.ts";
import { type TokenStore, tokenStore } from "./token-store.ts";

const URL = "/session/renew";
const HOUR_MS = 3_600_000;

let origin: FakeOrigin;
let tab: FakeTab;
let store: TokenStore;

beforeEach(() => {
  origin = new FakeOrigin();
  tab = origin.tab();
  store = tokenStore({ url: URL, host: tab });
});

describe("a token store before a connect", () => {
  it("refreshes when nothing is known yet", async () => {
    await store.refreshAccessToken();
    expect(origin.requests.map(({ url }) => url)).toEqual([URL]);
  });

  it("does not refresh while the session serves", async () => {
    await store.refreshAccessToken();
    await tab.pass(HOUR_MS - DEFAULT_MARGIN_MS - 1);
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(1);
  });

  it("refreshes when the session is about to expire within the margin", async () => {
    await store.refreshAccessToken();
    await tab.pass(HOUR_MS - DEFAULT_MARGIN_MS);
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("takes the margin that it is told", async () => {
    store = tokenStore({ url: URL, host: tab, marginMs: 0 });
    await store.refreshAccessToken();
    await tab.pass(HOUR_MS - 1);
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(1);
    await tab.pass(1);
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("takes half of a life that is shorter than two margins", async () => {
    origin.answer = () => servesFor(20);
    await store.refreshAccessToken();
    await tab.pass(9_999);
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(1);
    await tab.pass(1);
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("refreshes when the wall clock alone says that it expired, as after sleep", async () => {
    await store.refreshAccessToken();
    tab.wall += HOUR_MS;
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("refreshes when the other clock alone says so, as when the wall clock was set back", async () => {
    await store.refreshAccessToken();
    tab.clock += HOUR_MS;
    tab.wall -= HOUR_MS;
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("goes on refreshing after the wall clock was set back", async () => {
    await store.refreshAccessToken();
    tab.wall -= 24 * HOUR_MS;
    await tab.pass(HOUR_MS);
    await store.refreshAccessToken();
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("counts the life from the request on, not from the answer", async () => {
    origin.answer = async () => {
      tab.clock += 5_000;
      return servesFor(3_600);
    };
    await store.refreshAccessToken();
    await tab.pass(HOUR_MS - DEFAULT_MARGIN_MS - 5_000);
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("refreshes before every connect when the answer does not say for how long it serves", async () => {
    origin.answer = () => new Response(null, { status: 204 });
    await store.refreshAccessToken();
    await store.refreshAccessToken();
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(3);
  });

  it("refreshes before every connect when the answer says that it serves for no time", async () => {
    origin.answer = () => servesFor(0);
    await store.refreshAccessToken();
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("refreshes when it is forced, though the session serves", async () => {
    await store.refreshAccessToken();
    await store.refreshAccessToken({ isForced: true });
    await store.refreshAccessToken({ isForced: true });
    expect(origin.requests).toHaveLength(3);
  });

  it("is a socket's option as it is, and needs no this", async () => {
    const refreshAccessToken: (request: TokenRequest) => Promise<string | undefined> =
      store.refreshAccessToken;
    await refreshAccessToken({ signal: new AbortController().signal, isForced: false });
    expect(origin.requests).toHaveLength(1);
  });
});

describe("what a token store resolves to", () => {
  it("is the bearer token, also while it serves", async () => {
    origin.answer = () => Response.json({ access_token: "one", expires_in: 3_600 });
    expect(await store.refreshAccessToken()).toBe("one");
    expect(await store.refreshAccessToken()).toBe("one");
    expect(origin.requests).toHaveLength(1);
  });

  it("is the newer token after a forced refresh", async () => {
    let tokens = 0;
    origin.answer = () => Response.json({ access_token: `token ${++tokens}`, expires_in: 3_600 });
    await store.refreshAccessToken();
    expect(await store.refreshAccessToken({ isForced: true })).toBe("token 2");
    expect(await store.refreshAccessToken()).toBe("token 2");
  });

  it("is undefined where the session is a cookie", async () => {
    expect(await store.refreshAccessToken()).toBeUndefined();
  });
});

describe("callers at the same time", () => {
  it("share one request", async () => {
    origin.answer = () => Response.json({ access_token: "one" });
    const calls = [store.refreshAccessToken(), store.refreshAccessToken({ isForced: true })];
    expect(await Promise.all(calls)).toEqual(["one", "one"]);
    expect(origin.requests).toHaveLength(1);
  });

  it("share its failure, and the next call tries anew", async () => {
    origin.answer = () => new Response(null, { status: 500 });
    const calls = [store.refreshAccessToken(), store.refreshAccessToken()];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(origin.requests).toHaveLength(1);
    origin.answer = () => servesFor(3_600);
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });
});

describe("what this tab has not used yet", () => {
  const news = (atWall: number) => ({ atWall, lifetimeMs: HOUR_MS });

  it("answers a forced call while it is news, once", async () => {
    await store.refreshAccessToken();
    await tab.pass(60_000);
    origin.tell(`sockscope:token:${URL}`, news(tab.wall));
    await tab.pass(NEWS_MS - 1);
    await store.refreshAccessToken({ isForced: true });
    expect(origin.requests).toHaveLength(1);
    await store.refreshAccessToken({ isForced: true });
    expect(origin.requests).toHaveLength(2);
  });

  it("does not answer any call when it is over", async () => {
    origin.tell(`sockscope:token:${URL}`, { atWall: tab.wall, lifetimeMs: 4_000 });
    await Promise.resolve();
    await tab.pass(2_000);
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(1);
  });

  it("does not answer a forced call later", async () => {
    await store.refreshAccessToken();
    await tab.pass(60_000);
    origin.tell(`sockscope:token:${URL}`, news(tab.wall));
    await Promise.resolve();
    await tab.pass(NEWS_MS);
    await store.refreshAccessToken({ isForced: true });
    expect(origin.requests).toHaveLength(2);
  });
});
