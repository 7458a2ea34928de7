import { expect, it } from "vitest";
import { ManualSchedule, THINK_TIME_MS } from "../testing/demo.test-support.ts";
import { MemoryThreads } from "../threads/memory-threads.ts";
import { NEW_THREAD, type PendingReply, withMessage } from "../threads/thread.ts";
import { LEASE_MS, Replies, ReplyLostError } from "./replies.ts";

function setUp() {
  let nowMs = 1_000_000;
  const time = new ManualSchedule();
  const threads = new MemoryThreads({ maxThreads: 10 });
  const sent: string[] = [];
  const errors: unknown[] = [];
  const replies = new Replies({
    writer: "me",
    threads,
    send: (threadId, frame) => "event" in frame && sent.push(`${threadId} ${frame.event}`),
    schedule: time.schedule,
    random: () => 0.5,
    now: () => nowMs,
    acceptedNow: () => nowMs,
    reportError: (error) => errors.push(error),
  });
  async function begin(threadId: string): Promise<void> {
    const reply: PendingReply = {
      inReplyTo: "m",
      answer: "Short.",
      queuedMessageId: `q-${threadId}`,
      correlationId: "c",
      nextIndex: 0,
      writer: "me",
      leaseUntilMs: replies.lease(),
    };
    await threads.update(threadId, withMessage({ role: "user", text: "?", message_id: "m" }, reply, 8));
    replies.begin(threadId, reply);
  }
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { replies, threads, time, sent, errors, begin, pass };
}

it("answers messages of several threads that have the same id", async () => {
  const { begin, time, sent } = setUp();
  await begin("a");
  await begin("b");
  await time.run(THINK_TIME_MS);
  expect(sent.filter((frame) => frame.endsWith("assistant_message"))).toEqual([
    "a assistant_message",
    "b assistant_message",
  ]);
});

it("writes no reply twice when the process stood still for longer than its lease", async () => {
  const { begin, replies, time, sent, pass } = setUp();
  await begin("a");
  pass(LEASE_MS);
  await replies.start();
  await time.run(THINK_TIME_MS);
  expect(sent.filter((frame) => frame.endsWith("assistant_message"))).toHaveLength(1);
});

it("writes nothing once it is stopped, and goes on at once when it starts again", async () => {
  const { begin, replies, time, sent } = setUp();
  await begin("a");
  await begin("b");
  await replies.stop();
  await time.run(THINK_TIME_MS);
  expect(sent).toEqual([]);
  await replies.start();
  await time.run(THINK_TIME_MS);
  expect(sent.filter((frame) => frame.endsWith("assistant_message"))).toHaveLength(2);
});

it("begins a reply again whose writing failed, after its lease", async () => {
  const { begin, replies, threads, time, sent, errors, pass } = setUp();
  await begin("a");
  const { update } = threads;
  threads.update = () => Promise.reject(new Error("no disk"));
  await time.run(THINK_TIME_MS);
  threads.update = update;
  expect(errors).toEqual([new Error("no disk")]);
  pass(LEASE_MS);
  await replies.start();
  await time.run(THINK_TIME_MS);
  expect(sent.filter((frame) => frame.endsWith("assistant_message"))).toHaveLength(1);
});

it("says that a reply is lost whose thread is gone, and that nobody types any more", async () => {
  const { begin, threads, time, sent, errors } = setUp();
  await begin("a");
  threads.set("a", NEW_THREAD);
  await time.run(THINK_TIME_MS);
  expect(errors).toEqual([expect.any(ReplyLostError)]);
  expect(sent).toEqual(["a typing"]);
});

it("says nothing of a reply that another has written", async () => {
  const { begin, threads, time, sent, errors } = setUp();
  await begin("a");
  const turn = { role: "assistant", text: "Short.", message_id: "q-a" } as const;
  threads.set("a", { turnCount: 2, recentTurns: [turn], pendingReplies: [] });
  await time.run(THINK_TIME_MS);
  expect([...sent, ...errors]).toEqual([]);
});
