/** The answer to a ping. */
export const PONG = {
  title: "pong",
  description:
    "The answer to a `ping`. It proves that the connection is alive, and tells the client how far its clock is from the server's.",
  type: "object",
  additionalProperties: true,
  required: ["type", "id", "server_time"],
  properties: {
    type: { const: "pong" },
    id: { description: "That of the `ping`.", type: "number" },
    server_time: {
      $ref: "#/$defs/server_time",
      description:
        "The server's clock when it answered, in milliseconds since 1970-01-01T00:00:00Z: the clock that `sent_at` is told by.",
    },
  },
  examples: [{ type: "pong", id: 1, server_time: 1764500000250 }],
} as const;
