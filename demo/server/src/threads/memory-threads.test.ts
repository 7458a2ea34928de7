import { describe, expect, it } from "vitest";
import { MemoryThreads, ThreadsFullError } from "./memory-threads.ts";
import { NEW_THREAD, type PendingReply, type Thread } from "./thread.ts";

const REPLY: PendingReply = {
  inReplyTo: "m",
  answer: "a",
  queuedMessageId: "q",
  correlationId: "c",
  nextIndex: 0,
  writer: "w",
  leaseUntilMs: 0,
};
const QUIET: Thread = { ...NEW_THREAD, turnCount: 1 };
const PENDING: Thread = { ...QUIET, pendingReplies: [REPLY] };

function withThreads(threads: Record<string, Thread>, heard: readonly string[] = []): MemoryThreads {
  const isHeard = (threadId: string): boolean => heard.includes(threadId);
  return new MemoryThreads({ maxThreads: 2, threads: Object.entries(threads), isHeard });
}

function idsOf(threads: MemoryThreads): readonly string[] {
  return threads.entries().map(([id]) => id);
}

describe("one thread too many", () => {
  it("takes the place of the one that was quiet for longest", () => {
    const threads = withThreads({ a: QUIET, b: QUIET });
    threads.set("a", QUIET);
    threads.set("c", QUIET);
    expect(idsOf(threads)).toEqual(["a", "c"]);
  });

  it("leaves a thread whose reply is pending, and rather one that somebody hears", () => {
    const pending = withThreads({ a: PENDING, b: QUIET });
    pending.set("c", QUIET);
    expect(idsOf(pending)).toEqual(["a", "c"]);
    const heard = withThreads({ a: QUIET, b: QUIET }, ["a"]);
    heard.set("c", QUIET);
    expect(idsOf(heard)).toEqual(["a", "c"]);
  });

  it("is refused when every thread waits for a reply, which those that are there still get", async () => {
    const threads = withThreads({ a: PENDING, b: PENDING });
    await expect(threads.update("c", () => [QUIET, undefined])).rejects.toThrow(ThreadsFullError);
    await threads.update("a", () => [QUIET, undefined]);
    expect(idsOf(threads)).toEqual(["b", "a"]);
  });
});
