import type { ADVICE } from "./advice.ts";
import type { ASSISTANT_DELTA } from "./assistant-delta.ts";
import type { ASSISTANT_MESSAGE } from "./assistant-message.ts";
import type { CHAT_ERROR } from "./chat-error.ts";
import type { CLIENT_HELLO } from "./client-hello.ts";
import type { FRAME_DEFINITIONS } from "./definitions.ts";
import type { FrameOf } from "./frame-of.ts";
import type { PING } from "./ping.ts";
import type { PONG } from "./pong.ts";
import type { REHYDRATION } from "./rehydration.ts";
import type { TYPING } from "./typing.ts";
import type { USER_MESSAGE } from "./user-message.ts";

/** What a user writes. */
export type UserMessageFrame = FrameOf<typeof USER_MESSAGE>;

/** client -> server */
export type ClientFrame = FrameOf<typeof CLIENT_HELLO> | UserMessageFrame | FrameOf<typeof PING>;

/** One turn of a thread, as the rehydration frame carries it. */
export type Turn = FrameOf<typeof FRAME_DEFINITIONS.turn>;

/** An answer that is still to come, as the rehydration frame carries it. */
export type PendingReply = FrameOf<typeof FRAME_DEFINITIONS.pending_reply>;

/** Pushed on connect, so that a reconnect never needs an HTTP call of its own. */
export type RehydrationFrame = FrameOf<typeof REHYDRATION>;

/** An assistant's answer. */
export type AssistantMessageFrame = FrameOf<typeof ASSISTANT_MESSAGE>;

/** A piece of an assistant's answer. */
export type AssistantDeltaFrame = FrameOf<typeof ASSISTANT_DELTA>;

/** What the server could not do. */
export type ChatErrorFrame = FrameOf<typeof CHAT_ERROR>;

/** server -> client */
export type ServerFrame =
  | RehydrationFrame
  | AssistantMessageFrame
  | AssistantDeltaFrame
  | FrameOf<typeof TYPING>
  | ChatErrorFrame
  | FrameOf<typeof PONG>
  | FrameOf<typeof ADVICE>;
