/** Where the thread is. */
export const REHYDRATION = {
  title: "rehydration",
  description:
    "Where the thread is: the answer to `client_hello`, so that a reconnect never needs an HTTP call of its own.",
  type: "object",
  additionalProperties: true,
  required: [
    "type",
    "thread_id",
    "rehydrated",
    "active_domain",
    "current_intent",
    "conversation_summary",
    "turn_count",
    "agent_contexts",
    "shared_context",
    "recent_turns",
  ],
  properties: {
    type: { const: "rehydration" },
    thread_id: { $ref: "#/$defs/thread_id", description: "The thread of the hello." },
    rehydrated: { description: "Always true.", const: true },
    active_domain: {
      description: "What the conversation is about at the moment; null while that is not known.",
      type: ["string", "null"],
    },
    current_intent: {
      description: "What the user wants at the moment; null while that is not known.",
      type: ["string", "null"],
    },
    conversation_summary: {
      description: "What was said before `recent_turns`; empty where there is nothing to sum up.",
      type: "string",
    },
    turn_count: {
      description: "How many turns the thread has had, of users and assistants, the forgotten ones too.",
      type: "integer",
      minimum: 0,
    },
    agent_contexts: { description: "What each agent knows, by the agent's name.", type: "object" },
    shared_context: { description: "What all agents know.", type: "object" },
    recent_turns: {
      description: "The last turns, the oldest first. Empty for a thread that is new or forgotten.",
      type: "array",
      items: { $ref: "#/$defs/turn" },
    },
    pending_replies: {
      description:
        "The answers that are still to come, in the order of their messages. Absent: none, or not told.",
      type: "array",
      items: { $ref: "#/$defs/pending_reply" },
    },
  },
  examples: [
    {
      type: "rehydration",
      thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11",
      rehydrated: true,
      active_domain: null,
      current_intent: null,
      conversation_summary: "",
      turn_count: 3,
      agent_contexts: {},
      shared_context: {},
      recent_turns: [
        { role: "user", text: "Hello!", message_id: "m-16" },
        { role: "assistant", text: "How can I help?", message_id: "q-8" },
        { role: "user", text: "What does close code 1006 mean?", message_id: "m-17" },
      ],
      pending_replies: [{ in_reply_to: "m-17", text: "1006, abnormal. ", next_index: 1 }],
    },
  ],
} as const;
