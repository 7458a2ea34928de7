import { describe, expect, it } from "vitest";
import { FakeOrigin } from "../testing/fake-tabs.test-support.ts";
import { readTokenAnswer } from "./token-answer.ts";
import { SockscopeTokenError } from "./token-error.ts";
import type { TokenStoreOptions } from "./token-options.ts";
import { tokenStore } from "./token-store.ts";

describe("reading an answer", () => {
  it.each([
    ['{"expires_in":60}', undefined, 60_000],
    ['{"expires_in":"3599"}', undefined, 3_599_000],
    ['{"access_token":"abc","expires_in":60}', "abc", 60_000],
    ['{"access_token":"abc"}', "abc", NaN],
  ])("finds in %s the token %s and the life %d ms", async (body, token, expiresInMs) => {
    const answer = await readTokenAnswer(new Response(body));
    expect([answer.token, answer.expiresInMs]).toEqual([token, expiresInMs]);
  });

  it.each([
    "",
    "ok",
    "<!doctype html>",
    "null",
    "7",
    "[]",
    "{}",
    '{"access_token":7,"expires_in":null}',
    '{"expires_in":true}',
    '{"access_token":""}',
  ])("finds nothing in %j", async (body) => {
    const answer = await readTokenAnswer(new Response(body));
    expect([answer.token, answer.expiresInMs]).toEqual([undefined, NaN]);
  });

  it("finds nothing in 204", async () => {
    const answer = await readTokenAnswer(new Response(null, { status: 204 }));
    expect([answer.token, answer.expiresInMs]).toEqual([undefined, NaN]);
  });
});

describe("an own reader of answers", () => {
  function storeWith(readAnswer: TokenStoreOptions["readAnswer"]) {
    const origin = new FakeOrigin();
    origin.answer = () => Response.json({ jwt: "abc", ttl: 5_000 });
    const store = tokenStore({ url: "/renew", host: origin.tab(), ...(readAnswer && { readAnswer }) });
    return { origin, store };
  }

  it("says the token and its life, at once or later", async () => {
    const { origin, store } = storeWith(async (response) => {
      const { jwt, ttl } = (await response.json()) as { jwt: string; ttl: number };
      return { token: jwt, expiresInMs: ttl };
    });
    expect(await store.refreshAccessToken()).toBe("abc");
    expect(await store.refreshAccessToken()).toBe("abc");
    expect(origin.requests).toHaveLength(1);
  });

  it("may know nothing", async () => {
    const { origin, store } = storeWith(() => ({}));
    expect(await store.refreshAccessToken()).toBeUndefined();
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("is not asked about a refusal", async () => {
    const { origin, store } = storeWith(() => ({ token: "never" }));
    origin.answer = () => new Response(null, { status: 401 });
    await expect(store.refreshAccessToken()).rejects.toMatchObject({ isSignedOut: true });
  });

  it("fails the refresh with the cause that it throws", async () => {
    const cause = new Error("no JSON");
    const { store } = storeWith(() => Promise.reject(cause));
    await expect(store.refreshAccessToken()).rejects.toMatchObject({ code: "SOCKSCOPE_ERR_REFRESH", cause });
  });

  it("says that the user is signed out, in an answer that has another status", async () => {
    const error = new SockscopeTokenError("redirected to the login page", { status: 401 });
    const { store } = storeWith(() => {
      throw error;
    });
    await expect(store.refreshAccessToken()).rejects.toBe(error);
    expect(error.isSignedOut).toBe(true);
  });
});
