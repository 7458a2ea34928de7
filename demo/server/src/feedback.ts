/** A user's verdict on an answer: a frame of this chat's own, which the configuration declares. */
export interface FeedbackFrame {
  readonly type: "feedback";
  readonly thread_id: string;
  /** The answer's. */
  readonly message_id: string;
  readonly verdict: "helpful" | "unhelpful";
}

/** The answer to it. */
export interface FeedbackNotedFrame {
  readonly type: "feedback_noted";
  readonly thread_id: string;
  readonly message_id: string;
}
