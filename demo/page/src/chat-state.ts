import type { ServerFrame, Turn } from "@sockscope/catalog/runtime";
import { policyOf } from "./close-codes.ts";

/** Where the connection is. `closed`: on purpose. `failed`: the policy says that trying again is of no use. */
export type ConnectionState = "connecting" | "connected" | "reconnecting" | "closed" | "failed";

/** Everything that the chat shows. */
export interface ChatState {
  readonly connection: ConnectionState;
  /** What the user is told about a connection that stopped; undefined while there is nothing to say. */
  readonly notice: string | undefined;
  /** Whether a reconnect needs a new session first. */
  readonly needsLogin: boolean;
  readonly turns: readonly Turn[];
  readonly isTyping: boolean;
  /** Ids of answers that the user judged. */
  readonly judged: readonly string[];
}

export const INITIAL_STATE: ChatState = {
  connection: "connecting",
  notice: undefined,
  needsLogin: false,
  turns: [],
  isTyping: false,
  judged: [],
};

/** The state when a new attempt begins; a chat that was connected before is reconnecting. */
export function whenConnecting(state: ChatState): ChatState {
  const connection = state.connection === "connecting" ? "connecting" : "reconnecting";
  return { ...state, connection, notice: undefined, needsLogin: false };
}

/** The state when the connection is over, by the policy of its close code. */
export function whenClosed(state: ChatState, code: number): ChatState {
  const { action, userSees } = policyOf(code);
  const ended = { ...state, isTyping: false };
  if (action === "retry") return { ...ended, connection: "reconnecting", notice: undefined };
  switch (userSees) {
    case "authentication failed":
      return {
        ...ended,
        connection: "failed",
        needsLogin: true,
        notice: "Authentication failed. Please refresh the page.",
      };
    case "error":
      return { ...ended, connection: "failed", notice: `The server ended the connection (code ${code}).` };
    default:
      return { ...ended, connection: "closed", notice: "You are disconnected." };
  }
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
      return { ...state, isTyping: false, turns: mergeTurns(state.turns, frame.recent_turns) };
    case "chat_message":
      return {
        ...state,
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
