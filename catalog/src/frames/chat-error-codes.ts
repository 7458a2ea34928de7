import type { CHAT_ERROR } from "./chat-error.ts";
import type { FrameOf } from "./frame-of.ts";

/** A reason for which a server answers with an error. */
export type ChatErrorCode = FrameOf<typeof CHAT_ERROR.properties.payload.properties.code>;

/** What each code says. A code without a meaning does not compile. */
export const CHAT_ERROR_MEANINGS: Readonly<Record<ChatErrorCode, string>> = {
  invalid_frame:
    "The frame is no JSON, is of no known event, or a field of it is not as the contract says. Sending it again does not help.",
  too_many_messages:
    "Too many messages of the user wait for their answer. The same message can be sent when one has come.",
  wrong_thread: "The message is for a thread that the connection has not said hello with.",
  message_too_long: "The text is longer than the contract allows. A shorter one is taken.",
  internal: "The server failed at this message. The same message can be sent again.",
};
