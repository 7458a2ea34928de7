import { describe, expect, it } from "vitest";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { BASE_BACKOFF_MS, createAheadBackoff, MAX_BACKOFF_MS } from "./ahead-backoff.ts";

function setUp() {
  const host = new FakeHost();
  const backoff = createAheadBackoff(host);
  const delayAfter = (random = 0, advisedMs = 0): number => {
    backoff.failed(random, advisedMs);
    return backoff.leftMs();
  };
  return { host, backoff, delayAfter };
}

describe("the backoff of refreshing ahead", () => {
  it("holds nothing back before a failure, nor after a success", () => {
    const { backoff, delayAfter } = setUp();
    expect(backoff.leftMs()).toBeLessThanOrEqual(0);
    delayAfter();
    backoff.succeeded();
    expect(backoff.leftMs()).toBeLessThanOrEqual(0);
    expect(delayAfter()).toBe(BASE_BACKOFF_MS);
  });

  it("doubles with each failure in a row, up to the cap", () => {
    const { delayAfter } = setUp();
    const delays = Array.from({ length: 2_000 }, () => delayAfter());
    expect(delays.slice(0, 6)).toEqual([1, 2, 4, 8, 16, 20].map((times) => times * BASE_BACKOFF_MS));
    expect(delays.at(-1)).toBe(MAX_BACKOFF_MS);
  });

  it("waits for as long as the endpoint asks, up to the cap", () => {
    const { delayAfter } = setUp();
    expect(delayAfter(0, 45_000)).toBe(45_000);
    expect(delayAfter(0, 3_600_000)).toBe(MAX_BACKOFF_MS);
  });

  it("adds up to a fifth at random, also at the cap", () => {
    const { delayAfter } = setUp();
    expect(delayAfter(0.5)).toBe(BASE_BACKOFF_MS * 1.1);
    expect(delayAfter(0.5, Infinity)).toBe(MAX_BACKOFF_MS * 1.1);
  });

  it("is over as time passes", async () => {
    const { host, backoff, delayAfter } = setUp();
    await host.pass(delayAfter());
    expect(backoff.leftMs()).toBe(0);
  });
});
