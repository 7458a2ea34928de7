/** Whether an answer is on its way. */
export const TYPING = {
  title: "typing",
  description:
    "Whether the assistant is at work on an answer. It ends with the connection: a client that lost it waits to be told again.",
  type: "object",
  additionalProperties: true,
  required: ["type", "event", "value", "thread_id"],
  properties: {
    type: { const: "chat_status" },
    event: { const: "typing" },
    value: { description: "Whether it is.", type: "boolean" },
    thread_id: { $ref: "#/$defs/thread_id" },
  },
  examples: [
    {
      type: "chat_status",
      event: "typing",
      value: true,
      thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11",
    },
  ],
} as const;
