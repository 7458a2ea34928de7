/** What a user writes. */
export const USER_MESSAGE = {
  title: "user_message",
  description:
    "What a user writes. It may come a second time after a reconnect, with the same `message_id`, and is answered once.",
  type: "object",
  additionalProperties: true,
  required: ["type", "event", "thread_id", "payload", "meta"],
  properties: {
    type: { const: "chat_message" },
    event: { const: "user_message" },
    thread_id: {
      $ref: "#/$defs/thread_id",
      description: "The thread that this connection said hello with; for another one the message is refused.",
    },
    payload: {
      description: "What the user is to be answered.",
      type: "object",
      required: ["text"],
      properties: {
        text: {
          description: "What was written. Not only white space.",
          type: "string",
          minLength: 1,
          maxLength: 4000,
          pattern: "\\S",
        },
      },
    },
    meta: {
      description: "What describes the message.",
      type: "object",
      required: ["message_id"],
      properties: {
        message_id: {
          $ref: "#/$defs/message_id",
          description:
            "The id that the client gave it. Everything that answers it names it as `in_reply_to`, and the rehydration lists it.",
        },
      },
    },
  },
  examples: [
    {
      type: "chat_message",
      event: "user_message",
      thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11",
      payload: { text: "What does close code 1006 mean?" },
      meta: { message_id: "m-17" },
    },
  ],
} as const;
