import { ADVICE } from "./advice.ts";
import { ASSISTANT_DELTA } from "./assistant-delta.ts";
import { ASSISTANT_MESSAGE } from "./assistant-message.ts";
import { CHAT_ERROR } from "./chat-error.ts";
import { CLIENT_HELLO } from "./client-hello.ts";
import type { ClientFrameEvent, ServerFrameEvent } from "./frame-events.ts";
import type { FrameSchema } from "./json-schema.ts";
import { PING } from "./ping.ts";
import { PONG } from "./pong.ts";
import { REHYDRATION } from "./rehydration.ts";
import { TYPING } from "./typing.ts";
import { USER_MESSAGE } from "./user-message.ts";

/** client -> server: the schema of each frame, by its event, in the order of a conversation. An event without one does not compile. */
export const CLIENT_FRAME_SCHEMAS: Readonly<Record<Exclude<ClientFrameEvent, "other">, FrameSchema>> = {
  client_hello: CLIENT_HELLO,
  user_message: USER_MESSAGE,
  ping: PING,
};

/** server -> client: as {@link CLIENT_FRAME_SCHEMAS}. */
export const SERVER_FRAME_SCHEMAS: Readonly<Record<Exclude<ServerFrameEvent, "other">, FrameSchema>> = {
  rehydration: REHYDRATION,
  typing: TYPING,
  assistant_delta: ASSISTANT_DELTA,
  assistant_message: ASSISTANT_MESSAGE,
  error: CHAT_ERROR,
  pong: PONG,
  advice: ADVICE,
};
