import type { Turn } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { type ChatState, INITIAL_STATE, whenClosed, whenConnecting, whenReceived } from "./chat-state.ts";

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

describe("whenClosed", () => {
  it.each([
    [1006, "reconnecting", undefined],
    [1011, "reconnecting", undefined],
    [4401, "failed", "Authentication failed. Please refresh the page."],
    [1008, "failed", "The server ended the connection (code 1008)."],
    [1000, "closed", "You are disconnected."],
  ])("follows the policy of %d", (code, connection, notice) => {
    expect(whenClosed(INITIAL_STATE, code)).toMatchObject({ connection, notice, isTyping: false });
  });

  it("asks for a new login after an authentication failure only", () => {
    expect(whenClosed(INITIAL_STATE, 4401).needsLogin).toBe(true);
    expect(whenClosed(INITIAL_STATE, 1008).needsLogin).toBe(false);
  });
});

describe("whenConnecting", () => {
  it("is reconnecting when there was a connection before", () => {
    const failed: ChatState = whenClosed(INITIAL_STATE, 4401);
    expect(whenConnecting(INITIAL_STATE).connection).toBe("connecting");
    expect(whenConnecting(failed)).toMatchObject({
      connection: "reconnecting",
      notice: undefined,
      needsLogin: false,
    });
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
