import type { AssistantDeltaFrame, PendingReply, ServerFrame, Turn } from "@sockscope/catalog/runtime";
import type { SocketState } from "@sockscope/sdk/socket";

/** Everything that the chat shows but its connection. */
export interface ChatState {
  /** What the server had to say, or what became of a message; undefined while there is nothing. */
  readonly notice: string | undefined;
  readonly turns: readonly Turn[];
  readonly isTyping: boolean;
  /** Answers that come in pieces, as far as they came. */
  readonly pending: readonly PendingReply[];
  /** Ids of answers that the user judged. */
  readonly judged: readonly string[];
}

export const INITIAL_STATE: ChatState = {
  notice: undefined,
  turns: [],
  isTyping: false,
  pending: [],
  judged: [],
};

/** What the user is told about a connection; undefined where its state says enough. */
export function noticeOf(socket: SocketState): string | undefined {
  switch (socket.status) {
    case "rejected":
      return socket.message;
    case "gave_up":
      return "The chat cannot be reached.";
    case "closed":
      return "You are disconnected.";
    default:
      return undefined;
  }
}

/** The state when the connection is another; nobody types into one that is gone. */
export function whenSocketChanged(state: ChatState): ChatState {
  return { ...state, isTyping: false };
}

/** The state when a message did not come where it was meant to go. */
export function whenLost(state: ChatState): ChatState {
  return { ...state, notice: "A message could not be delivered. Please send it again." };
}

/** The state when the user has sent a message. */
export function whenSent(state: ChatState, turn: Turn): ChatState {
  return { ...state, notice: undefined, turns: [...state.turns, turn] };
}

/** The state when the user has judged an answer. */
export function whenJudged(state: ChatState, messageId: string): ChatState {
  return { ...state, judged: [...state.judged, messageId] };
}

/** The state when a frame came. */
export function whenReceived(state: ChatState, frame: ServerFrame): ChatState {
  switch (frame.type) {
    case "rehydration":
      return {
        ...state,
        isTyping: (frame.pending_replies ?? []).length > 0,
        pending: frame.pending_replies ?? [],
        turns: mergeTurns(state.turns, frame.recent_turns),
      };
    case "chat_message":
      if (frame.event === "assistant_delta") return { ...state, pending: withPiece(state.pending, frame) };
      return {
        ...state,
        pending: state.pending.filter(({ in_reply_to }) => in_reply_to !== frame.meta.in_reply_to),
        turns: withTurn(state.turns, {
          role: "assistant",
          text: frame.payload.text,
          message_id: frame.meta.queued_message_id,
        }),
      };
    case "chat_status":
      return { ...state, isTyping: frame.value };
    case "chat_error":
      return { ...state, notice: frame.payload.message };
    default:
      return state;
  }
}

/** A piece in its turn; one that is there already, or that comes after one that is not, waits for the whole answer. */
function withPiece(
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

function withTurn(turns: readonly Turn[], turn: Turn): readonly Turn[] {
  return turns.some(({ message_id }) => message_id === turn.message_id) ? turns : [...turns, turn];
}

/**
 * The server's recent turns in their order, between what the page has from before them and what the server has not seen.
 * With no turn in common, everything on the page is from before.
 */
function mergeTurns(local: readonly Turn[], recent: readonly Turn[]): readonly Turn[] {
  const recentIds = new Set(recent.map(({ message_id }) => message_id));
  const isUnknown = ({ message_id }: Turn): boolean => !recentIds.has(message_id);
  const firstCommon = local.findIndex((turn) => !isUnknown(turn));
  const split = firstCommon === -1 ? local.length : firstCommon;
  return [...local.slice(0, split), ...recent, ...local.slice(split).filter(isUnknown)];
}
