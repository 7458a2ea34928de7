/** When to come back. */
export const ADVICE = {
  title: "advice",
  description:
    "When to come back, just before the server closes. The same can stand in the reason of the close frame.",
  type: "object",
  additionalProperties: true,
  required: ["type", "retry_after_ms"],
  properties: {
    type: { const: "advice" },
    retry_after_ms: {
      description:
        "How long the client shall wait before it connects again, in milliseconds. A different one for each client spreads them out.",
      type: "number",
      minimum: 0,
    },
  },
  examples: [{ type: "advice", retry_after_ms: 4200 }],
} as const;
