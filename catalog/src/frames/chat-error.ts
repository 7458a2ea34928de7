/** What the server could not do. */
export const CHAT_ERROR = {
  title: "error",
  description: "What the server could not do for this connection, which goes on.",
  type: "object",
  additionalProperties: true,
  required: ["type", "event", "payload", "thread_id"],
  properties: {
    type: { const: "chat_error" },
    event: { const: "error" },
    payload: {
      description: "What went wrong.",
      type: "object",
      required: ["message"],
      properties: {
        message: { description: "What went wrong, in words that may be shown to the user.", type: "string" },
        code: {
          description: "The same for a program. One that the client does not know is like none.",
          enum: ["invalid_frame", "too_many_messages", "wrong_thread", "message_too_long", "internal"],
        },
      },
    },
    thread_id: {
      description: "The connection's thread; empty before its first hello.",
      type: "string",
      pattern: "^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?$",
    },
    meta: {
      description: "What describes the error.",
      type: "object",
      properties: {
        in_reply_to: {
          $ref: "#/$defs/message_id",
          description: "The user's message that it is about. No answer to that follows.",
        },
      },
    },
  },
  examples: [
    {
      type: "chat_error",
      event: "error",
      payload: {
        message: "Too many messages at once; wait for a reply, then send it again.",
        code: "too_many_messages",
      },
      thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11",
      meta: { in_reply_to: "m-17" },
    },
  ],
} as const;
