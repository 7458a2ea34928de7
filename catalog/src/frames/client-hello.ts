/** The first frame of a connection. */
export const CLIENT_HELLO = {
  title: "client_hello",
  description:
    "The first frame of a connection: which thread it is about. The server answers it with a `rehydration`. A later one moves the connection to another thread.",
  type: "object",
  additionalProperties: true,
  required: ["type", "thread_id"],
  properties: {
    type: { const: "client_hello" },
    thread_id: {
      $ref: "#/$defs/thread_id",
      description:
        "The thread: a UUID that the client chooses, once. A user who may not take part in it is closed with 4403.",
    },
  },
  examples: [{ type: "client_hello", thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11" }],
} as const;
