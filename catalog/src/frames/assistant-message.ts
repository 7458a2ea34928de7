/** A whole answer. */
export const ASSISTANT_MESSAGE = {
  title: "assistant_message",
  description:
    "A whole answer. Where pieces of it were streamed, it comes behind the last one and replaces them.",
  type: "object",
  additionalProperties: true,
  required: ["type", "event", "thread_id", "payload", "meta"],
  properties: {
    type: { const: "chat_message" },
    event: { const: "assistant_message" },
    thread_id: { $ref: "#/$defs/thread_id" },
    payload: {
      description: "The answer.",
      type: "object",
      required: ["text", "rich"],
      properties: {
        text: { description: "The answer in words.", type: "string" },
        rich: {
          description: "What goes with the words.",
          type: "object",
          required: ["recommendations", "agent"],
          properties: {
            recommendations: {
              description: "What the user may want next, the best first; often empty.",
              type: "array",
              items: { type: "string" },
            },
            agent: { description: "Which agent answered.", type: "string" },
          },
        },
      },
    },
    meta: {
      description: "What describes the answer. It stands behind `payload`.",
      type: "object",
      required: ["in_reply_to", "queued_message_id", "traces"],
      properties: {
        in_reply_to: {
          $ref: "#/$defs/message_id",
          description: "The user's message that this answers; half of the key by which clients deduplicate.",
        },
        queued_message_id: {
          $ref: "#/$defs/message_id",
          description:
            "The id under which the answer was queued, the same however often it is sent; the other half of the key. The answer's turn in a rehydration has it as `message_id`.",
        },
        traces: {
          description: "For finding in the server's logs what led to the answer.",
          type: "object",
          required: ["memory", "correlation_id"],
          properties: {
            memory: { description: "What was remembered for it.", type: "object" },
            correlation_id: { description: "The same as in the server's log lines.", type: "string" },
          },
        },
        sent_at: {
          $ref: "#/$defs/server_time",
          description:
            "When the server sent it, in milliseconds since 1970-01-01T00:00:00Z on the server's clock. Message latency is measured where it is there.",
        },
      },
    },
  },
  examples: [
    {
      type: "chat_message",
      event: "assistant_message",
      thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11",
      payload: {
        text: "1006, abnormal. No close frame came: the network, a crash, or a refused handshake.",
        rich: { recommendations: ["What does 1012 mean?"], agent: "close-codes" },
      },
      meta: {
        in_reply_to: "m-17",
        queued_message_id: "q-9",
        traces: { memory: {}, correlation_id: "c0ffee42" },
        sent_at: 1764500000250,
      },
    },
  ],
} as const;
