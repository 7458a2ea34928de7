import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startPolling } from "./polling.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { hidden: false });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("asks no second time while the first is not answered", async () => {
  const answered: ((answer: string) => void)[] = [];
  const onAnswer = vi.fn();
  const ask = (): Promise<string> => new Promise((resolve) => answered.push(resolve));
  const stop = startPolling({ ask, everyMs: 1_000, onAnswer, onFailure: () => {} });
  await vi.advanceTimersByTimeAsync(5_500);
  expect(answered).toHaveLength(1);
  answered[0]?.("yes");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(onAnswer.mock.calls).toEqual([["yes"]]);
  expect(answered).toHaveLength(2);
  stop();
});

it("asks again after a failure, and tells of none once it is over", async () => {
  const onFailure = vi.fn();
  const signals: AbortSignal[] = [];
  const ask = async (signal: AbortSignal): Promise<never> => {
    signals.push(signal);
    if (signals.length === 1) throw new Error("refused");
    return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };
  const stop = startPolling({ ask, everyMs: 1_000, onAnswer: () => {}, onFailure });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(signals).toHaveLength(2);
  stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(signals[1]?.aborted).toBe(true);
  expect(onFailure.mock.calls).toEqual([["refused"]]);
});
