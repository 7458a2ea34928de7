import type { AssistantMessageFrame, ChatErrorCode, ServerFrame } from "@sockscope/catalog";
import type { Refusal } from "../frames/client-frame.ts";
import type { PendingReply } from "../threads/thread.ts";

/** Whether the assistant types. */
export function typing(threadId: string, value: boolean): ServerFrame {
  return { type: "chat_status", event: "typing", value, thread_id: threadId };
}

/** A piece of an answer. */
export function assistantDelta(
  threadId: string,
  text: string,
  inReplyTo: string,
  index: number,
  sentAtMs: number,
): ServerFrame {
  return {
    type: "chat_message",
    event: "assistant_delta",
    thread_id: threadId,
    payload: { text },
    meta: { in_reply_to: inReplyTo, index, sent_at: sentAtMs },
  };
}

/** A whole answer. */
export function assistantMessage(
  threadId: string,
  { answer, inReplyTo, queuedMessageId, correlationId }: PendingReply,
  sentAtMs: number,
): AssistantMessageFrame {
  return {
    type: "chat_message",
    event: "assistant_message",
    thread_id: threadId,
    payload: { text: answer, rich: { recommendations: [], agent: "demo" } },
    meta: {
      in_reply_to: inReplyTo,
      queued_message_id: queuedMessageId,
      traces: { memory: {}, correlation_id: correlationId },
      sent_at: sentAtMs,
    },
  };
}

/** What a user is told where the chat does not do what a frame asks for. */
const REFUSALS: Readonly<Record<Exclude<ChatErrorCode, "invalid_frame" | "message_too_long">, string>> = {
  wrong_thread: "The message is for another thread; say hello to that thread first.",
  too_many_messages: "Too many messages at once; wait for a reply, then send it again.",
  internal: "The chat cannot do this at the moment; try again later.",
};

/** Why the chat does not do what a frame asks for that is as the contract says. */
export function refusalOf(code: keyof typeof REFUSALS, inReplyTo?: string): Refusal {
  return { code, message: REFUSALS[code], inReplyTo };
}

/** Says so to the client. */
export function chatError(threadId: string, { code, message, inReplyTo }: Refusal): ServerFrame {
  return {
    type: "chat_error",
    event: "error",
    payload: { message, code },
    thread_id: threadId,
    ...(inReplyTo !== undefined && { meta: { in_reply_to: inReplyTo } }),
  };
}
