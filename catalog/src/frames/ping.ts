/** Asks whether anybody is there. */
export const PING = {
  title: "ping",
  description: "Asks whether anybody is there. The server answers every ping with a `pong`, at once.",
  type: "object",
  additionalProperties: true,
  required: ["type", "id"],
  properties: {
    type: { const: "ping" },
    id: { description: "The `pong` has the same.", type: "number" },
  },
  examples: [{ type: "ping", id: 1 }],
} as const;
