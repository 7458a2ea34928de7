import type { PendingReply, ServerFrame, Turn } from "@sockscope/catalog/runtime";
import type { SendOutcome, SocketState } from "@sockscope/sdk/socket";
import {
  type Deliveries,
  whenCut,
  whenRehydrated,
  withArrived,
  withFailure,
  withoutSent,
  withSent,
} from "./deliveries.ts";
import { failureOf, LOST } from "./failures.ts";
import { mergeTurns, missedAnswers } from "./merge-turns.ts";
import { withPiece } from "./pieces.ts";

/** Everything that the chat shows but its connection. */
export interface ChatState {
  /** What the server had to say that is about no message; undefined while there is nothing. */
  readonly notice: string | undefined;
  readonly turns: readonly Turn[];
  readonly isTyping: boolean;
  /** Answers that come in pieces, as far as they came. */
  readonly pending: readonly PendingReply[];
  /** Ids of answers that the user judged. */
  readonly judged: readonly string[];
  /** Of the user's messages. */
  readonly deliveries: Deliveries;
  /** What is read out to whoever does not see the page; the latest only. */
  readonly announcement: Announcement | undefined;
}

/** Something new in the chat. */
export interface Announcement {
  /** The same words twice are two announcements. */
  readonly id: string;
  readonly text: string;
}

type Received<Type> = Extract<ServerFrame, { type: Type }>;
type WholeAnswer = Extract<ServerFrame, { event: "assistant_message" }>;

export const INITIAL_STATE: ChatState = {
  notice: undefined,
  turns: [],
  isTyping: false,
  pending: [],
  judged: [],
  deliveries: {},
  announcement: undefined,
};

/** The state when the connection is another; nobody types into one that is gone. */
export function whenSocketChanged(state: ChatState, { status }: SocketState): ChatState {
  const deliveries = status === "open" ? state.deliveries : whenCut(state.deliveries);
  return { ...state, isTyping: false, deliveries };
}

/** The state when a message did not come where it was meant to go. */
export function whenLost(state: ChatState, messageId: string): ChatState {
  return { ...state, deliveries: withFailure(state.deliveries, messageId, LOST) };
}

/** The state when the user has sent a message, for the first time or again: it comes after what is there. */
export function whenSent(state: ChatState, turn: Turn, outcome: Exclude<SendOutcome, "dropped">): ChatState {
  const others = state.turns.filter(({ message_id }) => message_id !== turn.message_id);
  return {
    ...state,
    notice: undefined,
    turns: [...others, turn],
    deliveries: withSent(state.deliveries, turn.message_id, outcome),
  };
}

/** The state when the user has judged an answer. */
export function whenJudged(state: ChatState, messageId: string): ChatState {
  return { ...state, judged: [...state.judged, messageId] };
}

/** The state when a frame came. */
export function whenReceived(state: ChatState, frame: ServerFrame): ChatState {
  switch (frame.type) {
    case "rehydration":
      return rehydrated(state, frame);
    case "chat_message":
      return frame.event === "assistant_delta"
        ? {
            ...state,
            pending: withPiece(state.pending, frame),
            deliveries: withArrived(state.deliveries, frame.meta.in_reply_to),
          }
        : answered(state, frame);
    case "chat_status":
      return { ...state, isTyping: frame.value };
    case "chat_error":
      return refused(state, frame);
    default:
      return state;
  }
}

function rehydrated(state: ChatState, frame: Received<"rehydration">): ChatState {
  const { recent_turns, pending_replies = [] } = frame;
  const known = recent_turns.map(({ message_id }) => message_id);
  const missed = missedAnswers(state.turns, recent_turns).at(-1);
  return {
    ...state,
    isTyping: pending_replies.length > 0,
    pending: pending_replies,
    turns: mergeTurns(state.turns, recent_turns),
    deliveries: whenRehydrated(state.deliveries, known),
    announcement: missed ? announcementOf(missed) : state.announcement,
  };
}

function answered(state: ChatState, { payload, meta }: WholeAnswer): ChatState {
  // The contract wants it, and servers forget it.
  const inReplyTo = meta.in_reply_to as string | undefined;
  const turn: Turn = { role: "assistant", text: payload.text, message_id: meta.queued_message_id };
  const isKnown = state.turns.some(({ message_id }) => message_id === turn.message_id);
  return {
    ...state,
    pending: state.pending.filter(({ in_reply_to }) => in_reply_to !== inReplyTo),
    deliveries:
      inReplyTo === undefined ? withoutSent(state.deliveries) : withArrived(state.deliveries, inReplyTo),
    ...(!isKnown && { turns: [...state.turns, turn], announcement: announcementOf(turn) }),
  };
}

function refused(state: ChatState, frame: Received<"chat_error">): ChatState {
  const messageId = frame.meta?.in_reply_to;
  const failure = failureOf(frame);
  if (!state.turns.some(({ message_id }) => message_id === messageId) || messageId === undefined)
    return { ...state, notice: failure.text };
  return {
    ...state,
    deliveries: withFailure(state.deliveries, messageId, failure),
    announcement: { id: `refused ${messageId}`, text: `Your message was not taken. ${failure.text}` },
  };
}

function announcementOf({ message_id, text }: Turn): Announcement {
  return { id: message_id, text: `Assistant: ${text}` };
}
