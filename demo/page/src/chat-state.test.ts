import type { Turn } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { INITIAL_STATE, noticeOf, whenReceived, whenSocketChanged } from "./chat-state.ts";

function turns(...ids: string[]): Turn[] {
  return ids.map((id) => ({ role: "user", text: id, message_id: id }));
}

function rehydrated(local: readonly Turn[], recent: readonly Turn[]): readonly string[] {
  const state = whenReceived(
    { ...INITIAL_STATE, turns: local },
    {
      type: "rehydration",
      thread_id: "t",
      rehydrated: true,
      active_domain: null,
      current_intent: null,
      conversation_summary: "",
      turn_count: recent.length,
      agent_contexts: {},
      shared_context: {},
      recent_turns: recent,
    },
  );
  return state.turns.map(({ message_id }) => message_id);
}

describe("what the user is told of a connection", () => {
  it.each([
    [{ status: "rejected", code: 4401, message: "Authentication failed." }, "Authentication failed."],
    [{ status: "closed" }, "You are disconnected."],
    [{ status: "gave_up", attempts: 10 }, "The chat cannot be reached."],
    [{ status: "waiting", attempt: 2, retryAt: 0 }, undefined],
    [{ status: "open", since: 0 }, undefined],
  ] as const)("of %o is %s", (socket, notice) => {
    expect(noticeOf(socket)).toBe(notice);
  });
});

describe("an answer", () => {
  const meta = { in_reply_to: "m-1" };
  const head = { type: "chat_message", thread_id: "t" } as const;

  it("is shown when it is whole, once, whatever pieces of it came before", () => {
    const piece = whenReceived(INITIAL_STATE, {
      ...head,
      event: "assistant_delta",
      payload: { text: "Wh" },
      meta: { ...meta, index: 0 },
    });
    expect(piece).toEqual(INITIAL_STATE);
    const whole = whenReceived(piece, {
      ...head,
      event: "assistant_message",
      payload: { text: "Whole.", rich: { recommendations: [], agent: "demo" } },
      meta: { ...meta, queued_message_id: "q-1", traces: { memory: {}, correlation_id: "c" } },
    });
    expect(whole.turns).toEqual([{ role: "assistant", text: "Whole.", message_id: "q-1" }]);
  });
});

describe("a change of the connection", () => {
  it("ends what the assistant was typing into it, and leaves what the user has to know", () => {
    const typing = { ...INITIAL_STATE, isTyping: true, notice: "Too many messages at once" };
    expect(whenSocketChanged(typing)).toMatchObject({ isTyping: false, notice: typing.notice });
  });
});

describe("a rehydration", () => {
  it("fills an empty page", () => {
    expect(rehydrated([], turns("a", "b"))).toEqual(["a", "b"]);
  });

  it("shows a turn once when the page has it already", () => {
    expect(rehydrated(turns("a"), turns("a", "b"))).toEqual(["a", "b"]);
  });

  it("keeps older turns before and unseen turns after what the server remembers", () => {
    expect(rehydrated(turns("old", "a", "unseen"), turns("a", "b"))).toEqual(["old", "a", "b", "unseen"]);
  });

  it("keeps the page's turns when the server has forgotten the thread", () => {
    expect(rehydrated(turns("a"), [])).toEqual(["a"]);
  });
});
