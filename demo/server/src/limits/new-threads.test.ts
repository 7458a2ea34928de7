import { expect, it } from "vitest";
import { NewThreads } from "./new-threads.ts";

it("lets each user begin so many threads in a minute", () => {
  let nowMs = 0;
  const threads = new NewThreads(1, () => nowMs);
  threads.begun("a");
  expect([threads.mayBegin("a"), threads.mayBegin("b")]).toEqual([false, true]);
  nowMs = 60_000;
  expect(threads.mayBegin("a")).toBe(true);
});
