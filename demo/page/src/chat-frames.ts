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

/** A user's message. */
export function userMessage(thread_id: string, message_id: string, text: string): ClientFrame {
  return { type: "chat_message", event: "user_message", thread_id, payload: { text }, meta: { message_id } };
}
