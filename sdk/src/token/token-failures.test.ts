import { beforeEach, describe, expect, it, vi } from "vitest";
import { settled } from "../testing/fake-host.test-support.ts";
import { deferred, FakeOrigin, type FakeTab, servesFor } from "../testing/fake-tabs.test-support.ts";
import { isTokenError, SockscopeTokenError } from "./token-error.ts";
import { DEFAULT_TIMEOUT_MS } from "./token-options.ts";
import { type TokenStore, tokenStore } from "./token-store.ts";

let origin: FakeOrigin;
let tab: FakeTab;
let store: TokenStore;

beforeEach(() => {
  origin = new FakeOrigin();
  tab = origin.tab();
  store = tokenStore({ url: "/renew", host: tab });
});

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error) => error,
  );
const signalOf = (request: number): AbortSignal | null | undefined => origin.requests[request]?.init.signal;

describe("a refresh that fails", () => {
  it.each([
    [401, true],
    [403, true],
    [400, false],
    [404, false],
    [500, false],
  ])(
    "says of an endpoint that answers %i whether the user is signed out: %s",
    async (status, isSignedOut) => {
      origin.answer = () => new Response("no", { status });
      expect(await failureOf(store.refreshAccessToken())).toMatchObject({
        name: "SockscopeTokenError",
        code: "SOCKSCOPE_ERR_REFRESH",
        message: expect.stringContaining(`/renew answered ${status}`),
        status,
        isSignedOut,
      });
    },
  );

  it.each([
    [undefined, 0],
    ["120", 120_000],
    ["0.5", 500],
    ["-5", 0],
    ["soon", 0],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ])(
    "says of an endpoint whose Retry-After is %j that it asked to wait %i ms",
    async (text, retryAfterMs) => {
      origin.answer = () => new Response(null, { status: 429, headers: text ? { "retry-after": text } : {} });
      expect(await failureOf(store.refreshAccessToken())).toMatchObject({ status: 429, retryAfterMs });
    },
  );

  it("keeps the cause where the endpoint cannot be reached", async () => {
    const cause = new TypeError("Failed to fetch");
    origin.answer = () => Promise.reject(cause);
    const error = await failureOf(store.refreshAccessToken());
    expect(error).toBeInstanceOf(SockscopeTokenError);
    expect(error).toMatchObject({ cause, status: undefined, isSignedOut: false });
  });

  it("forgets the session when the user is signed out, so that the next connect asks again", async () => {
    await store.refreshAccessToken();
    origin.answer = () => new Response(null, { status: 401 });
    await failureOf(store.refreshAccessToken({ isForced: true }));
    await failureOf(store.refreshAccessToken());
    expect(origin.requests).toHaveLength(3);
  });

  it("keeps the session when the endpoint is only broken", async () => {
    await store.refreshAccessToken();
    origin.answer = () => new Response(null, { status: 503 });
    await failureOf(store.refreshAccessToken({ isForced: true }));
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("is told from other errors, whichever bundle it is of", () => {
    expect(isTokenError(new SockscopeTokenError("no"))).toBe(true);
    expect(isTokenError({ code: "SOCKSCOPE_ERR_REFRESH" })).toBe(true);
    for (const other of [new Error("no"), undefined, null, "SOCKSCOPE_ERR_REFRESH"])
      expect(isTokenError(other)).toBe(false);
  });
});

describe("a refresh that hangs", () => {
  it("fails at the time-out, also where fetch does not mind its signal, and the next call tries anew", async () => {
    origin.answer = () => new Promise(() => {});
    const failure = failureOf(store.refreshAccessToken());
    await tab.pass(DEFAULT_TIMEOUT_MS - 1);
    expect(signalOf(0)?.aborted).toBe(false);
    await tab.pass(1);
    expect(await failure).toMatchObject({
      code: "SOCKSCOPE_ERR_REFRESH",
      message: expect.stringContaining(`${DEFAULT_TIMEOUT_MS} ms`),
      isSignedOut: false,
    });
    expect(signalOf(0)?.aborted).toBe(true);
    origin.answer = () => servesFor(3_600);
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("fails at the time-out when the body of its answer hangs", async () => {
    store = tokenStore({ url: "/renew", host: tab, timeoutMs: 50, readAnswer: () => new Promise(() => {}) });
    const failure = failureOf(store.refreshAccessToken());
    await settled();
    await tab.pass(50);
    expect(await failure).toMatchObject({ code: "SOCKSCOPE_ERR_REFRESH" });
  });

  it("does not overwrite what a newer one brought when its answer comes after all", async () => {
    const late = deferred<Response>();
    origin.answer = () => late.promise;
    const failure = failureOf(store.refreshAccessToken());
    await tab.pass(DEFAULT_TIMEOUT_MS);
    await failure;
    origin.answer = () => Response.json({ access_token: "new", expires_in: 3_600 });
    await store.refreshAccessToken();
    late.resolve(Response.json({ access_token: "old", expires_in: 7_200 }));
    await settled();
    expect(await store.refreshAccessToken()).toBe("new");
  });

  it("leaves no timer behind when it was answered", async () => {
    await store.refreshAccessToken();
    expect(tab.timers.size).toBe(0);
  });
});

describe("a call with a signal", () => {
  it("asks nothing when the signal is aborted already", async () => {
    const reason = new Error("gave up");
    expect(await failureOf(store.refreshAccessToken({ signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(origin.requests).toHaveLength(0);
  });

  it("rejects with the signal's reason, and aborts a request that nobody else waits for", async () => {
    origin.answer = () => new Promise(() => {});
    const attempt = new AbortController();
    const failure = failureOf(store.refreshAccessToken({ signal: attempt.signal }));
    await settled();
    const reason = new Error("gave up");
    attempt.abort(reason);
    expect(await failure).toBe(reason);
    await settled();
    expect(signalOf(0)?.aborted).toBe(true);
    expect(tab.timers.size).toBe(0);
  });

  it("leaves a request to the others who wait for it", async () => {
    const answer = deferred<Response>();
    origin.answer = () => answer.promise;
    const attempt = new AbortController();
    const failure = failureOf(store.refreshAccessToken({ signal: attempt.signal }));
    const other = store.refreshAccessToken();
    await settled();
    attempt.abort();
    expect(await failure).toMatchObject({ name: "AbortError" });
    await settled();
    expect(signalOf(0)?.aborted).toBe(false);
    answer.resolve(Response.json({ access_token: "one" }));
    expect(await other).toBe("one");
    expect(origin.requests).toHaveLength(1);
  });

  it("tries anew after everybody gave up, and takes nothing from the request before", async () => {
    const late = deferred<Response>();
    origin.answer = () => late.promise;
    const attempt = new AbortController();
    const failure = failureOf(store.refreshAccessToken({ signal: attempt.signal }));
    await settled();
    attempt.abort();
    await failure;
    origin.answer = () => Response.json({ access_token: "new", expires_in: 3_600 });
    expect(await store.refreshAccessToken()).toBe("new");
    late.resolve(Response.json({ access_token: "old", expires_in: 7_200 }));
    await settled();
    expect(await store.refreshAccessToken()).toBe("new");
    expect(origin.requests).toHaveLength(2);
  });

  it("leaves no listener on a signal that lives on", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    await store.refreshAccessToken({ signal });
    await settled();
    expect(removed.mock.calls).toEqual(added.mock.calls);
    expect(added).toHaveBeenCalledOnce();
  });

  it("is unmoved by a signal that is aborted afterwards", async () => {
    const attempt = new AbortController();
    await store.refreshAccessToken({ signal: attempt.signal });
    attempt.abort();
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(1);
  });
});
