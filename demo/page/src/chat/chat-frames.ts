import type { ClientFrame } from "@sockscope/catalog/runtime";

/** What a user thinks of an answer. */
export type Verdict = "helpful" | "unhelpful";

/** A frame that is this chat's own: Sockscope knows it from the configuration. */
export interface FeedbackFrame {
  readonly type: "feedback";
  readonly thread_id: string;
  readonly message_id: string;
  readonly verdict: Verdict;
}

/** What this page sends. */
export type PageFrame = ClientFrame | FeedbackFrame;

/** The first frame of every connection. */
export function clientHello(thread_id: string): ClientFrame {
  return { type: "client_hello", thread_id };
}

/** What a user thinks of an answer. */
export function feedback(thread_id: string, message_id: string, verdict: Verdict): FeedbackFrame {
  return { type: "feedback", thread_id, message_id, verdict };
}

/** A user's message. */
export function userMessage(thread_id: string, message_id: string, text: string): ClientFrame {
  return { type: "chat_message", event: "user_message", thread_id, payload: { text }, meta: { message_id } };
}
