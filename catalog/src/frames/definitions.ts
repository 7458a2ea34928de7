/**
 * What several frames have in common. A frame's schema refers to it, so that each is said once; `frame-schemas.ts` puts
 * both together.
 */
export const FRAME_DEFINITIONS = {
  thread_id: {
    title: "Thread id",
    description: "The thread: a UUID that the client chooses, once.",
    type: "string",
    pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
  },
  message_id: {
    title: "Message id",
    description:
      "The id of a message, unique within its thread. The client chooses those of a user's messages.",
    type: "string",
    pattern: "^[\\w-]{1,64}$",
  },
  server_time: {
    title: "Server time",
    description: "The server's clock, in milliseconds since 1970-01-01T00:00:00Z; fractions are welcome.",
    type: "number",
    exclusiveMinimum: 0,
  },
  turn: {
    title: "Turn",
    description: "One message of a thread, as the rehydration has it.",
    type: "object",
    required: ["role", "text", "message_id"],
    properties: {
      role: { description: "Who wrote it.", enum: ["user", "assistant"] },
      text: { description: "What was written.", type: "string" },
      message_id: {
        $ref: "#/$defs/message_id",
        description:
          "A user's message has the id that its client gave it; an answer has its `queued_message_id`. A client shows a turn once by it, and learns by it which of its messages arrived.",
      },
    },
  },
  pending_reply: {
    title: "Pending reply",
    description: "An answer that is thought about or streamed at this moment.",
    type: "object",
    required: ["in_reply_to", "text", "next_index"],
    properties: {
      in_reply_to: { $ref: "#/$defs/message_id", description: "The user's message that is being answered." },
      text: {
        description:
          "The pieces that were sent so far, put together; empty while the answer is thought about.",
        type: "string",
      },
      next_index: {
        description:
          "The `index` of the `assistant_delta` that goes on behind this text; 0 where none was sent.",
        type: "integer",
        minimum: 0,
      },
    },
  },
} as const;
