/** Clients that come back by themselves, ours first. */
export const ATTEMPTING_CLIENTS = [
  "sockscope",
  "reconnecting-websocket",
  "partysocket",
  "phoenix",
  "centrifuge",
  "react-use-websocket",
] as const;
/** A value of {@link ATTEMPTING_CLIENTS}. */
export type AttemptingClient = (typeof ATTEMPTING_CLIENTS)[number];
