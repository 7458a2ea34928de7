import type { AssistantDeltaFrame, PendingReply } from "@sockscope/catalog/runtime";

/** A piece in its turn; one that is there already, or that comes after one that is not, waits for the whole answer. */
export function withPiece(
  pending: readonly PendingReply[],
  { payload, meta: { in_reply_to, index } }: AssistantDeltaFrame,
): readonly PendingReply[] {
  const before = pending.find((reply) => reply.in_reply_to === in_reply_to) ?? {
    in_reply_to,
    text: "",
    next_index: 0,
  };
  if (index !== before.next_index) return pending;
  const next = { ...before, text: before.text + payload.text, next_index: index + 1 };
  return [...pending.filter((reply) => reply.in_reply_to !== in_reply_to), next];
}
