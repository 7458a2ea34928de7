import type { ServerFrame, Turn } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import {
  type ChatState,
  INITIAL_STATE,
  whenLost,
  whenReceived,
  whenSent,
  whenSocketChanged,
} from "./chat-state.ts";
import { deliveryWords } from "./deliveries.ts";

const MESSAGE: Turn = { role: "user", text: "Hello?", message_id: "m" };
const WAITS: ChatState = whenSent(INITIAL_STATE, MESSAGE, "queued");
const SENT: ChatState = whenSent(INITIAL_STATE, MESSAGE, "sent");

function rehydration(...recent_turns: Turn[]): ServerFrame {
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
  };
}

function refusal(code: string | undefined, in_reply_to?: string): ServerFrame {
  return {
    type: "chat_error",
    event: "error",
    thread_id: "t",
    payload: { message: "In the server's words.", ...(code && { code }) },
    ...(in_reply_to && { meta: { in_reply_to } }),
  } as ServerFrame;
}

/** What the user reads at the message; undefined when there is nothing to say. */
function words({ deliveries }: ChatState): string | undefined {
  const delivery = deliveries["m"];
  return delivery && deliveryWords(delivery);
}

describe("a message in the outbox", () => {
  it("waits to be sent, and is sent when the server has said what it has", () => {
    expect(words(WAITS)).toBe("Waiting to be sent");
    expect(words(whenReceived(WAITS, rehydration()))).toBe("Sent");
  });

  it("goes on waiting while the socket tries to connect, and when it gives up", () => {
    const tries = whenSocketChanged(WAITS, { status: "connecting", attempt: 2 });
    expect(words(whenSocketChanged(tries, { status: "gave_up", attempts: 10 }))).toBe("Waiting to be sent");
  });
});

describe("a message that was sent", () => {
  it("has arrived when a piece of its answer comes", () => {
    const piece: ServerFrame = {
      type: "chat_message",
      event: "assistant_delta",
      thread_id: "t",
      payload: { text: "Yes" },
      meta: { in_reply_to: "m", index: 0 },
    };
    expect(words(whenReceived(SENT, piece))).toBeUndefined();
  });

  it("is not certain when the connection ends, and has arrived when the rehydration lists it", () => {
    const cut = whenSocketChanged(SENT, { status: "waiting", attempt: 2, retryAt: 0 });
    expect(words(cut)).toBe("Sent, not confirmed: it is checked when the chat is back");
    expect(words(whenReceived(cut, rehydration(MESSAGE)))).toBeUndefined();
    expect(words(whenReceived(cut, rehydration()))).toBe("Sent");
  });

  it("may be lost when the socket gave it up, and is sent again under its id, after what came since", () => {
    const lost = whenLost(SENT, "m");
    expect(words(lost)).toBe("The connection ended twice, and this may not have arrived.");
    const later = whenSent(lost, { role: "user", text: "And?", message_id: "n" }, "sent");
    const again = whenSent(later, MESSAGE, "queued");
    expect(again.turns.map(({ message_id }) => message_id)).toEqual(["n", "m"]);
    expect(words(again)).toBe("Waiting to be sent");
  });
});

describe("a message that the server refuses", () => {
  it.each([
    ["invalid_frame", "The server cannot read this message.", false],
    ["message_too_long", "Too long for the server. Please write a shorter one.", false],
    ["wrong_thread", "The server did not know yet which conversation this is for.", true],
    ["too_many_messages", "Too many messages wait for their answer. Send it again when one has come.", true],
    ["internal", "The server failed at this message.", true],
    ["a code of tomorrow", "In the server's words.", true],
    [undefined, "In the server's words.", true],
    ["toString", "In the server's words.", true],
  ])("with %s says so at the message, and whether to send it again", (code, text, mayHelpAgain) => {
    const state = whenReceived(SENT, refusal(code, "m"));
    expect(state.deliveries["m"]).toEqual({ status: "failed", failure: { text, mayHelpAgain } });
    expect(state.notice).toBeUndefined();
    expect(state.announcement?.text).toBe(`Your message was not taken. ${text}`);
  });

  it("stays refused when the connection changes", () => {
    const state = whenReceived(SENT, refusal("message_too_long", "m"));
    expect(words(whenReceived(state, rehydration()))).toBe(words(state));
  });

  it("is told to the chat when it is no message of this page's", () => {
    expect(whenReceived(SENT, refusal("internal", "another")).notice).toBe(
      "The server failed at this message.",
    );
    expect(whenReceived(SENT, refusal("too_many_messages"))).toMatchObject({
      notice: expect.stringContaining("Too many messages"),
      deliveries: SENT.deliveries,
    });
  });
});
