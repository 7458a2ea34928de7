/** Every event that a server frame can be, as the label `event` says it. */
export const SERVER_FRAME_EVENTS = [
  "rehydration",
  "assistant_message",
  "typing",
  "error",
  "pong",
  "advice",
  "assistant_delta",
  "other",
] as const;
/** A value of {@link SERVER_FRAME_EVENTS}. */
export type ServerFrameEvent = (typeof SERVER_FRAME_EVENTS)[number];

/** Every event that a client frame can be, as the label `event` says it. */
export const CLIENT_FRAME_EVENTS = ["client_hello", "user_message", "ping", "other"] as const;
/** A value of {@link CLIENT_FRAME_EVENTS}. */
export type ClientFrameEvent = (typeof CLIENT_FRAME_EVENTS)[number];
