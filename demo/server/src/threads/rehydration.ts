import type { RehydrationFrame } from "@sockscope/catalog";
import { textSoFar } from "../chat/pieces.ts";
import type { Thread } from "./thread.ts";

/** What a client needs to go on where the thread is. */
export function rehydration(
  threadId: string,
  { turnCount, recentTurns, pendingReplies }: Thread,
): RehydrationFrame {
  return {
    type: "rehydration",
    thread_id: threadId,
    rehydrated: true,
    active_domain: null,
    current_intent: null,
    conversation_summary: "",
    turn_count: turnCount,
    agent_contexts: {},
    shared_context: {},
    recent_turns: recentTurns,
    pending_replies: pendingReplies.map(({ inReplyTo, answer, nextIndex }) => ({
      in_reply_to: inReplyTo,
      text: textSoFar(answer, nextIndex),
      next_index: nextIndex,
    })),
  };
}
