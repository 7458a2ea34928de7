/** An answer as a chat sends it. */
export const ASSISTANT_FRAME: string = JSON.stringify({
  type: "chat_message",
  event: "assistant_message",
  thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11",
  payload: { text: "word ".repeat(40), rich: { recommendations: [], agent: "bench" } },
  meta: { in_reply_to: "m-1", queued_message_id: "q-1", traces: { memory: {}, correlation_id: "c-1" } },
});

/** A message as a user sends it. */
export const USER_FRAME: string = JSON.stringify({
  type: "chat_message",
  event: "user_message",
  thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11",
  payload: { text: "word ".repeat(10) },
  meta: { message_id: "m-1" },
});
