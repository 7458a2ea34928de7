import { type ClientFrame, frameEvent } from "@sockscope/catalog/runtime";

/** A message of the user. */
type UserMessage = Extract<ClientFrame, { event: "user_message" }>;

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
export function userMessage(thread_id: string, message_id: string, text: string): UserMessage {
  return { type: "chat_message", event: "user_message", thread_id, payload: { text }, meta: { message_id } };
}

/** The id of the user's message that a frame carries, as it travels; undefined of any other. */
export function messageIdIn(data: unknown): string | undefined {
  const isMessage = typeof data === "string" && frameEvent(data) === "user_message";
  return isMessage ? (JSON.parse(data) as UserMessage).meta.message_id : undefined;
}
