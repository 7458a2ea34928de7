/** A piece of an answer. */
export const ASSISTANT_DELTA = {
  title: "assistant_delta",
  description:
    "One piece of an answer that is streamed. The whole `assistant_message` comes behind the last piece. It has no `queued_message_id`, by which the second piece would be taken for a copy of the first.",
  type: "object",
  additionalProperties: true,
  required: ["type", "event", "thread_id", "payload", "meta"],
  properties: {
    type: { const: "chat_message" },
    event: { const: "assistant_delta" },
    thread_id: { $ref: "#/$defs/thread_id" },
    payload: {
      description: "The piece.",
      type: "object",
      required: ["text"],
      properties: {
        text: {
          description: "What comes behind the pieces before it, white space included.",
          type: "string",
        },
      },
    },
    meta: {
      description: "What describes the piece. It stands behind `payload`.",
      type: "object",
      required: ["in_reply_to", "index"],
      properties: {
        in_reply_to: {
          $ref: "#/$defs/message_id",
          description:
            "The user's message that is being answered; it tells the pieces of several answers apart.",
        },
        index: {
          description: "Which piece of this answer it is: 0, 1, 2 and so on, without a gap.",
          type: "integer",
          minimum: 0,
        },
        sent_at: {
          $ref: "#/$defs/server_time",
          description:
            "When the server sent it, in milliseconds since 1970-01-01T00:00:00Z on the server's clock.",
        },
      },
    },
  },
  examples: [
    {
      type: "chat_message",
      event: "assistant_delta",
      thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11",
      payload: { text: "No close frame came: " },
      meta: { in_reply_to: "m-17", index: 1, sent_at: 1764500000180 },
    },
  ],
} as const;
