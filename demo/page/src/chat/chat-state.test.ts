import type { AssistantDeltaFrame, PendingReply, ServerFrame, Turn } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { type ChatState, INITIAL_STATE, whenReceived, whenSent, whenSocketChanged } from "./chat-state.ts";

function turns(...ids: string[]): Turn[] {
  return ids.map((id) => ({ role: "user", text: id, message_id: id }));
}

function rehydrationOf(
  recent_turns: readonly Turn[],
  pending_replies: readonly PendingReply[] = [],
): Extract<ServerFrame, { type: "rehydration" }> {
  return {
    type: "rehydration",
    thread_id: "t",
    rehydrated: true,
    active_domain: null,
    current_intent: null,
    conversation_summary: "",
    turn_count: recent_turns.length,
    agent_contexts: {},
    shared_context: {},
    recent_turns,
    pending_replies,
  };
}

function rehydrated(local: readonly Turn[], recent: readonly Turn[]): readonly string[] {
  const state = whenReceived({ ...INITIAL_STATE, turns: local }, rehydrationOf(recent));
  return state.turns.map(({ message_id }) => message_id);
}

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
    expect(piece.turns).toEqual([]);
    const whole = whenReceived(piece, {
      ...head,
      event: "assistant_message",
      payload: { text: "Whole.", rich: { recommendations: [], agent: "demo" } },
      meta: { ...meta, queued_message_id: "q-1", traces: { memory: {}, correlation_id: "c" } },
    });
    expect(whole.turns).toEqual([{ role: "assistant", text: "Whole.", message_id: "q-1" }]);
    expect(whole.pending).toEqual([]);
  });
});

describe("a change of the connection", () => {
  it("ends what the assistant was typing into it, and leaves what the user has to know", () => {
    const typing = { ...INITIAL_STATE, isTyping: true, notice: "Too many messages at once" };
    const after = whenSocketChanged(typing, { status: "offline", reason: "network" });
    expect(after).toMatchObject({ isTyping: false, notice: typing.notice });
  });
});

describe("what is read out", () => {
  const answer = (id: string, text: string): ServerFrame => ({
    type: "chat_message",
    event: "assistant_message",
    thread_id: "t",
    payload: { text, rich: { recommendations: [], agent: "demo" } },
    meta: { in_reply_to: "m", queued_message_id: id, traces: { memory: {}, correlation_id: "c" } },
  });
  const spoken = (state: ChatState): string | undefined => state.announcement?.text;

  it("is an answer when it is whole, and once", () => {
    const state = whenReceived(INITIAL_STATE, answer("q", "Hello."));
    expect(spoken(state)).toBe("Assistant: Hello.");
    expect(whenReceived(state, answer("q", "Hello.")).announcement).toBe(state.announcement);
  });

  it("is no history that a page gets at first", () => {
    const history: readonly Turn[] = [...turns("a"), { role: "assistant", text: "Old.", message_id: "b" }];
    expect(spoken(whenReceived(INITIAL_STATE, rehydrationOf(history)))).toBeUndefined();
  });

  it("is the answer that came while the page was not connected", () => {
    const before = whenSent(INITIAL_STATE, { role: "user", text: "a", message_id: "a" }, "sent");
    const missed: readonly Turn[] = [...turns("a"), { role: "assistant", text: "Missed.", message_id: "b" }];
    const state = whenReceived(before, rehydrationOf(missed));
    expect(spoken(state)).toBe("Assistant: Missed.");
    expect(whenReceived(state, rehydrationOf(missed)).announcement).toBe(state.announcement);
  });

  it("is no piece", () => {
    const piece: ServerFrame = {
      type: "chat_message",
      event: "assistant_delta",
      thread_id: "t",
      payload: { text: "Hel" },
      meta: { in_reply_to: "m", index: 0 },
    };
    expect(spoken(whenReceived(INITIAL_STATE, piece))).toBeUndefined();
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

describe("an answer that comes in pieces", () => {
  const piece = (index: number, text: string): AssistantDeltaFrame => ({
    type: "chat_message",
    event: "assistant_delta",
    thread_id: "t",
    payload: { text },
    meta: { in_reply_to: "m", index },
  });
  const after = (...frames: readonly ServerFrame[]): ChatState => frames.reduce(whenReceived, INITIAL_STATE);
  const whole: ServerFrame = {
    type: "chat_message",
    event: "assistant_message",
    thread_id: "t",
    payload: { text: "One two three", rich: { recommendations: [], agent: "demo" } },
    meta: { in_reply_to: "m", queued_message_id: "q", traces: { memory: {}, correlation_id: "c" } },
  };

  it("grows with each, and once with one that comes twice", () => {
    const { pending } = after(piece(0, "One "), piece(1, "two "), piece(1, "two "));
    expect(pending).toEqual([{ in_reply_to: "m", text: "One two ", next_index: 2 }]);
  });

  it("stays as it is after a gap, until it is whole", () => {
    expect(after(piece(0, "One "), piece(2, "three")).pending).toMatchObject([{ text: "One " }]);
    expect(after(piece(0, "One "), whole)).toMatchObject({
      pending: [],
      turns: [{ text: "One two three", message_id: "q" }],
    });
  });

  it("goes on from where a rehydration says that it is", () => {
    const frame = rehydrationOf([], [{ in_reply_to: "m", text: "One two ", next_index: 2 }]);
    expect(after(piece(0, "One "), frame)).toMatchObject({ isTyping: true, pending: [{ next_index: 2 }] });
    expect(after(frame, piece(2, "three")).pending).toMatchObject([{ text: "One two three" }]);
  });
});
