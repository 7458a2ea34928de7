import { describe, expect, it } from "vitest";
import {
  MAX_TURNS,
  NEW_THREAD,
  type PendingReply,
  released,
  type Thread,
  taken,
  united,
  withMessage,
  withPiece,
  withReply,
} from "./thread.ts";

function turn(id: string) {
  return { role: "user", text: `text ${id}`, message_id: id } as const;
}

function reply(to: string, more: Partial<PendingReply> = {}): PendingReply {
  return {
    inReplyTo: to,
    answer: `answer to ${to}`,
    queuedMessageId: `reply-${to}`,
    correlationId: "c",
    nextIndex: 0,
    writer: "one",
    leaseUntilMs: 100,
    ...more,
  };
}

function withMessages(...ids: string[]): Thread {
  return ids.reduce((thread, id) => withMessage(turn(id), reply(id), 1_000)(thread)[0], NEW_THREAD);
}

describe("a message", () => {
  it("is remembered once, and answered once", () => {
    const thread = withMessages("a");
    expect(withMessage(turn("a"), reply("a"), 8)(thread)).toEqual([thread, "known"]);
    expect(thread).toMatchObject({ turnCount: 1, recentTurns: [turn("a")], pendingReplies: [reply("a")] });
  });

  it("is not taken when too many wait for a reply", () => {
    const thread = withMessages("a", "b");
    expect(withMessage(turn("c"), reply("c"), 2)(thread)).toEqual([thread, "too_many"]);
  });

  it("makes the oldest be forgotten when there is one too many, which still counts", () => {
    const ids = Array.from({ length: MAX_TURNS + 1 }, (_, index) => `m${index}`);
    const { turnCount, recentTurns } = withMessages(...ids);
    expect(turnCount).toBe(MAX_TURNS + 1);
    expect(recentTurns).toHaveLength(MAX_TURNS);
    expect(recentTurns[0]?.message_id).toBe("m1");
  });
});

describe("a reply", () => {
  it("goes on piece by piece, and its writer keeps it meanwhile", () => {
    const [thread, isMine] = withPiece("a", "one", 200)(withMessages("a"));
    expect(isMine).toBe(true);
    expect(thread.pendingReplies).toEqual([reply("a", { nextIndex: 1, leaseUntilMs: 200 })]);
  });

  it("becomes a turn and is no longer pending", () => {
    const [thread] = withReply("a", "one")(withMessages("a", "b"));
    expect(thread.recentTurns.at(-1)).toEqual({
      role: "assistant",
      text: "answer to a",
      message_id: "reply-a",
    });
    expect(thread.pendingReplies).toEqual([reply("b")]);
  });

  it("is not written by whoever lost it", () => {
    const [thread] = taken("other", 100, 300)(withMessages("a"));
    expect(withPiece("a", "one", 200)(thread)).toEqual([thread, false]);
    expect(withReply("a", "one")(thread)).toEqual([thread, false]);
  });

  it("is written to its end once", () => {
    const [thread] = withReply("a", "one")(withMessages("a"));
    expect(withReply("a", "one")(thread)).toEqual([thread, false]);
  });
});

describe("taking over", () => {
  it("takes what nobody writes any more, and leaves what somebody does", () => {
    const [one] = withPiece("b", "one", 500)(withMessages("a", "b"));
    const [thread, replies] = taken("other", 100, 300)(one);
    expect(replies).toEqual([reply("a", { writer: "other", leaseUntilMs: 300 })]);
    expect(thread.pendingReplies.find(({ inReplyTo }) => inReplyTo === "b")?.writer).toBe("one");
  });

  it("needs no patience when the writer said that it stops", () => {
    const [thread] = released("one")(withMessages("a"));
    expect(taken("other", 1, 300)(thread)[1]).toHaveLength(1);
  });

  it("changes nothing where nothing is abandoned", () => {
    const thread = withMessages("a");
    expect(taken("other", 99, 300)(thread)).toEqual([thread, []]);
    expect(released("other")(thread)[0]).toBe(thread);
  });
});

describe("threads that were remembered apart", () => {
  it("have every turn of both once", () => {
    expect(united(withMessages("a", "b"), withMessages("a", "c")).recentTurns).toEqual([
      turn("a"),
      turn("b"),
      turn("c"),
    ]);
  });

  it("have no reply pending that one of them has answered", () => {
    const [answered] = withReply("a", "one")(withMessages("a"));
    expect(united(answered, withMessages("a")).pendingReplies).toEqual([]);
    expect(united(withMessages("a"), answered).pendingReplies).toEqual([]);
  });

  it("have a reply as far as one of them got", () => {
    const [further] = withPiece("a", "one", 200)(withMessages("a"));
    expect(united(withMessages("a"), further).pendingReplies).toEqual(further.pendingReplies);
    expect(united(further, withMessages("a")).pendingReplies).toEqual(further.pendingReplies);
  });
});
