import { describe, expect, it } from "vitest";
import { LONGEST_TIMER_MS } from "../host.ts";
import { textOf } from "../problems.ts";
import type { TokenRequest } from "../socket/token-request.ts";
import { FakeOrigin } from "../testing/fake-tabs.test-support.ts";
import type { TokenStoreOptions } from "./token-options.ts";
import { tokenStore } from "./token-store.ts";

describe("the options of a token store", () => {
  it.each([
    ["url", undefined],
    ["url", ""],
    ["url", 7],
    ["method", ""],
    ["headers", "x-csrf: 1"],
    ["body", "grant_type=refresh_token"],
    ["readAnswer", {}],
    ["refreshAhead", "no"],
    ["name", ""],
    ["marginMs", "5"],
    ["marginMs", null],
    ["timeoutMs", "5"],
    ["marginMs", -1],
    ["marginMs", NaN],
    ["marginMs", "soon"],
    ["timeoutMs", 0],
    ["timeoutMs", NaN],
    ["timeoutMs", LONGEST_TIMER_MS + 1],
  ])("are refused when %s is %j", (option, value) => {
    const options = { url: "/renew", host: new FakeOrigin().tab(), [option]: value } as TokenStoreOptions;
    expect(() => tokenStore(options)).toThrow(
      expect.objectContaining({
        name: "TypeError",
        code: "SOCKSCOPE_ERR_OPTIONS",
        message: expect.stringContaining(`the option ${option} is ${textOf(value)}; it must be `),
      }),
    );
  });

  it("may all be left out but the url", () => {
    const host = new FakeOrigin().tab();
    const left = { method: undefined, headers: undefined, marginMs: undefined, refreshAhead: undefined };
    expect(() => tokenStore({ url: "/renew", host, ...left } as object as TokenStoreOptions)).not.toThrow();
  });

  it("are refused when there are none", () => {
    expect(() => tokenStore(undefined as unknown as TokenStoreOptions)).toThrow(
      expect.objectContaining({ code: "SOCKSCOPE_ERR_OPTIONS" }),
    );
  });
});

describe("what is said at a call", () => {
  const ask = (request: unknown) => {
    const store = tokenStore({ url: "/renew", host: new FakeOrigin().tab() });
    return store.refreshAccessToken(request as Partial<TokenRequest>);
  };

  it.each([[null], [{ signal: null }], [{ isForced: null }], [{}]])(
    "is nothing when it is %j",
    async (request) => {
      expect(await ask(request)).toBeUndefined();
    },
  );

  it("is refused when its signal is none", async () => {
    await expect(ask({ signal: new AbortController() })).rejects.toMatchObject({
      name: "TypeError",
      code: "SOCKSCOPE_ERR_OPTIONS",
      message: "refreshAccessToken: the signal is [object AbortController]; it must be an AbortSignal",
    });
  });
});

describe("the request", () => {
  async function requestOf(options: Partial<TokenStoreOptions>): Promise<RequestInit | undefined> {
    const origin = new FakeOrigin();
    await tokenStore({ url: "/renew", host: origin.tab(), ...options }).refreshAccessToken();
    return origin.requests[0]?.init;
  }

  it("is a POST with the origin's cookies, and nothing else, unless told otherwise", async () => {
    const { signal, ...init } = (await requestOf({})) ?? {};
    expect(init).toEqual({
      method: "POST",
      credentials: "same-origin",
      headers: {},
      body: null,
      cache: "no-store",
    });
    expect(signal).toBeInstanceOf(AbortSignal);
  });

  it("is as it is told", async () => {
    const options = { method: "PUT", credentials: "include", headers: { "x-csrf": "1" } } as const;
    expect(await requestOf({ ...options, body: () => "grant_type=refresh_token" })).toMatchObject({
      ...options,
      body: "grant_type=refresh_token",
    });
  });

  it("asks for its headers each time", async () => {
    const origin = new FakeOrigin();
    let csrf = 0;
    const headers = () => ({ "x-csrf": String(++csrf) });
    const { refreshAccessToken } = tokenStore({ url: "/renew", host: origin.tab(), headers });
    await refreshAccessToken();
    await refreshAccessToken({ isForced: true });
    expect(origin.requests.map(({ init }) => init.headers)).toEqual([{ "x-csrf": "1" }, { "x-csrf": "2" }]);
  });

  it("is not sent when an option throws, which the refresh then fails with", async () => {
    const cause = new Error("no cookie");
    const origin = new FakeOrigin();
    const headers = () => {
      throw cause;
    };
    const { refreshAccessToken } = tokenStore({ url: "/renew", host: origin.tab(), headers });
    await expect(refreshAccessToken()).rejects.toMatchObject({ code: "SOCKSCOPE_ERR_REFRESH", cause });
    expect(origin.requests).toHaveLength(0);
  });
});
