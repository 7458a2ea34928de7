/** Every event that a server frame can be, as the label `event` says it. */
export const SERVER_FRAME_EVENTS = [
  "rehydration",
  "assistant_message",
  "typing",
  "error",
  "pong",
  "advice",
  "other",
] as const;
/** A value of {@link SERVER_FRAME_EVENTS}. */
export type ServerFrameEvent = (typeof SERVER_FRAME_EVENTS)[number];

/** Every event that a client frame can be, as the label `event` says it. */
export const CLIENT_FRAME_EVENTS = ["client_hello", "user_message", "ping", "other"] as const;
/** A value of {@link CLIENT_FRAME_EVENTS}. */
export type ClientFrameEvent = (typeof CLIENT_FRAME_EVENTS)[number];

/** client -> server */
export type ClientFrame =
  | { readonly type: "client_hello"; readonly thread_id: string }
  | {
      readonly type: "chat_message";
      readonly event: "user_message";
      readonly thread_id: string;
      readonly payload: { readonly text: string };
      /** The reply names it as `in_reply_to`. */
      readonly meta: { readonly message_id: string };
    }
  | { readonly type: "ping"; readonly id: number };

/** One turn of a thread, as the rehydration frame carries it. */
export interface Turn {
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly message_id: string;
}

/** Pushed on connect, so that a reconnect never needs an HTTP call of its own. */
export interface RehydrationFrame {
  readonly type: "rehydration";
  readonly thread_id: string;
  readonly rehydrated: true;
  readonly active_domain: string | null;
  readonly current_intent: string | null;
  readonly conversation_summary: string;
  readonly turn_count: number;
  readonly agent_contexts: Readonly<Record<string, unknown>>;
  readonly shared_context: Readonly<Record<string, unknown>>;
  readonly recent_turns: readonly Turn[];
  /** Answers that are still being written: what was streamed of each so far, and which piece comes next. */
  readonly pending_replies?: readonly PendingReplyState[];
}

/** An answer that is still being written, as the rehydration frame carries it. */
export interface PendingReplyState {
  readonly in_reply_to: string;
  /** What was streamed so far. */
  readonly text: string;
  /** The `index` of the piece that comes next. */
  readonly next_index: number;
}

/** A piece of an answer; the whole answer follows the last of them. */
export interface AssistantDeltaFrame {
  readonly type: "chat_message";
  readonly event: "assistant_delta";
  readonly thread_id: string;
  readonly payload: { readonly text: string };
  readonly meta: { readonly in_reply_to: string; readonly index: number; readonly sent_at?: number };
}

/** Why the chat did not do what a frame asks for. */
export type ChatErrorCode =
  | "invalid_frame"
  | "too_many_messages"
  | "wrong_thread"
  | "message_too_long"
  | "internal";

/** An assistant's answer. */
export interface AssistantMessageFrame {
  readonly type: "chat_message";
  readonly event: "assistant_message";
  readonly thread_id: string;
  readonly payload: {
    readonly text: string;
    readonly rich: { readonly recommendations: readonly string[]; readonly agent: string };
  };
  readonly meta: {
    /** The user message that this answers; clients deduplicate by it. */
    readonly in_reply_to: string;
    readonly queued_message_id: string;
    readonly traces: { readonly memory: Readonly<Record<string, unknown>>; readonly correlation_id: string };
    /** The server's clock in ms since the epoch, for latency. */
    readonly sent_at?: number;
  };
}

/** server -> client */
export type ServerFrame =
  | RehydrationFrame
  | AssistantMessageFrame
  | AssistantDeltaFrame
  | {
      readonly type: "chat_status";
      readonly event: "typing";
      readonly value: boolean;
      readonly thread_id: string;
    }
  | {
      readonly type: "chat_error";
      readonly event: "error";
      readonly payload: { readonly message: string; readonly code?: ChatErrorCode };
      readonly thread_id: string;
      /** The message that was refused. */
      readonly meta?: { readonly in_reply_to: string };
    }
  | { readonly type: "pong"; readonly id: number; readonly server_time: number }
  | { readonly type: "advice"; readonly retry_after_ms: number };

/**
 * Frames open with their `type` and, where they have one, their `event`, so a few bytes tell what a frame is without
 * parsing a body that can be long. A frame in another order is `other`. It ends where the frame can have no other name.
 */
const OPENING =
  /^\s*{\s*"type"\s*:\s*"(\w+)"(\s*,\s*"event"\s*:\s*"(\w+)"|\s*,\s*"(?!event")[^"]{0,64}"|\s*})?/;

/** How a frame begins, and what it calls itself by that. */
export interface FrameOpening {
  /** Its `event`, else its `type`, else `other`. */
  readonly name: string;
  /** What was read for it: every frame that begins so has this name. Empty where a name is not certain by its beginning. */
  readonly text: string;
}

/** Reads how a frame begins. */
export function frameOpening(frame: string): FrameOpening {
  const [text = "", type = "other", end, name = type] = OPENING.exec(frame) ?? [];
  return { name, text: end ? text : "" };
}

/**
 * What a frame calls itself: its `event`, else its `type`, else `other`. Whatever records it knows which names count.
 *
 * @param text the frame as it travels; anything but a string (a binary frame) is `other`
 */
export function frameEvent(text: unknown): string {
  return typeof text === "string" ? frameOpening(text).name : "other";
}
