import { describe, expect, it } from "vitest";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { MAX_RETRY_DELAY_MS, MIN_RETRY_DELAY_MS } from "./retry-delay.ts";
import { createRetryGate, random } from "./retry-gate.ts";

function setUp() {
  const host = new FakeHost();
  return { host, gate: createRetryGate(host) };
}

describe("a retry gate", () => {
  it("is open at first, and nothing has to wait", () => {
    const { gate } = setUp();
    expect([gate.isShut(), gate.delayMs()]).toEqual([false, 0]);
  });

  it("is shut after an answer until its time has come", () => {
    const { host, gate } = setUp();
    gate.failed(gate.failures(), true, 0);
    expect([gate.isShut(), gate.delayMs()]).toEqual([true, MIN_RETRY_DELAY_MS]);
    host.clock += MIN_RETRY_DELAY_MS - 1;
    expect([gate.isShut(), gate.delayMs()]).toEqual([true, 1]);
    host.clock += 1;
    expect([gate.isShut(), gate.delayMs()]).toEqual([false, 0]);
  });

  it("stays open after silence, which only says when to try again", () => {
    const { gate } = setUp();
    gate.failed(gate.failures(), false, 0);
    expect([gate.isShut(), gate.delayMs()]).toEqual([false, MIN_RETRY_DELAY_MS]);
  });

  it("opens at silence after an answer, and shuts at an answer after silence", () => {
    const { gate } = setUp();
    gate.failed(gate.failures(), true, 0);
    gate.failed(gate.failures(), false, 0);
    expect(gate.isShut()).toBe(false);
    gate.failed(gate.failures(), true, 0);
    expect(gate.isShut()).toBe(true);
  });

  it("waits twice as long after each failure in a row, answered or not, up to a limit", () => {
    const { gate } = setUp();
    const delays = Array.from({ length: 12 }, (_, failures) => {
      gate.failed(failures, failures % 2 === 0, 0);
      return gate.delayMs();
    });
    expect(delays.slice(0, 4)).toEqual([1, 2, 4, 8].map((times) => times * MIN_RETRY_DELAY_MS));
    expect(delays.at(-1)).toBe(MAX_RETRY_DELAY_MS);
  });

  it("opens with a success, and begins with the shortest delay after it", () => {
    const { gate } = setUp();
    gate.failed(gate.failures(), true, 60_000);
    gate.failed(gate.failures(), true, 60_000);
    gate.succeeded();
    expect([gate.isShut(), gate.delayMs()]).toEqual([false, 0]);
    gate.failed(gate.failures(), true, 0);
    expect(gate.delayMs()).toBe(MIN_RETRY_DELAY_MS);
  });

  it("waits as long as an answer asks, and later by a share that differs between pages", () => {
    const { host, gate } = setUp();
    gate.failed(gate.failures(), true, 60_000);
    expect(gate.delayMs()).toBe(60_000);
    host.randomByte = 128;
    gate.failed(gate.failures(), true, 60_000);
    expect(gate.delayMs()).toBe(75_000);
  });

  it("does not remember what an earlier answer asked for", () => {
    const { gate } = setUp();
    gate.failed(gate.failures(), true, 60_000);
    gate.failed(gate.failures(), true, 0);
    expect(gate.delayMs()).toBe(2 * MIN_RETRY_DELAY_MS);
  });
});

describe("random", () => {
  it.each([
    [0, 0],
    [128, 0.5],
    [255, 255 / 256],
  ])("makes of the byte %i %d, which is below 1", (byte, number) => {
    const host = new FakeHost();
    host.randomByte = byte;
    expect(random(host)).toBe(number);
  });
});
