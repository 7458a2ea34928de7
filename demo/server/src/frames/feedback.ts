import type { FrameOf } from "@sockscope/catalog";

/** A user's verdict on an answer: a frame of this chat's own, which the configuration declares. */
export const FEEDBACK = {
  title: "feedback",
  description: "A user's verdict on an answer.",
  type: "object",
  additionalProperties: true,
  required: ["type", "thread_id", "message_id", "verdict"],
  properties: {
    type: { const: "feedback" },
    thread_id: { $ref: "#/$defs/thread_id" },
    message_id: { $ref: "#/$defs/message_id", description: "The answer's." },
    verdict: { description: "What the user thinks of it.", enum: ["helpful", "unhelpful"] },
  },
  examples: [
    {
      type: "feedback",
      thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11",
      message_id: "q-9",
      verdict: "helpful",
    },
  ],
} as const;

/** A frame that {@link FEEDBACK} describes. */
export type FeedbackFrame = FrameOf<typeof FEEDBACK>;

/** The answer to it. */
export const FEEDBACK_NOTED = {
  title: "feedback_noted",
  description: "The verdict was counted.",
  type: "object",
  additionalProperties: true,
  required: ["type", "thread_id", "message_id"],
  properties: {
    type: { const: "feedback_noted" },
    thread_id: { $ref: "#/$defs/thread_id" },
    message_id: { $ref: "#/$defs/message_id", description: "The answer's." },
  },
  examples: [
    { type: "feedback_noted", thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11", message_id: "q-9" },
  ],
} as const;

/** A frame that {@link FEEDBACK_NOTED} describes. */
export type FeedbackNotedFrame = FrameOf<typeof FEEDBACK_NOTED>;
