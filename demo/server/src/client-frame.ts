import type { ClientFrame } from "@sockscope/catalog";
import type { FeedbackFrame } from "./feedback.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Message ids are the client's choice, but they are stored and sent back, so they stay short. */
const MESSAGE_ID = /^[\w-]{1,64}$/;

/** A client frame, rebuilt from what was checked; undefined for a text that is none. */
export function parseClientFrame(text: string): ClientFrame | FeedbackFrame | undefined {
  const frame = parseObject(text);
  switch (frame?.["type"]) {
    case "client_hello":
      return parseHello(frame);
    case "chat_message":
      return parseUserMessage(frame);
    case "ping":
      return parsePing(frame);
    case "feedback":
      return parseFeedback(frame);
    default:
      return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function parseHello({ thread_id }: Fields): ClientFrame | undefined {
  return matches(UUID, thread_id) ? { type: "client_hello", thread_id } : undefined;
}

function parseUserMessage(frame: Fields): ClientFrame | undefined {
  const { event, thread_id } = frame;
  const text = fields(frame["payload"])?.["text"];
  const message_id = fields(frame["meta"])?.["message_id"];
  if (event !== "user_message" || !matches(UUID, thread_id) || !matches(MESSAGE_ID, message_id))
    return undefined;
  if (typeof text !== "string" || text.trim() === "") return undefined;
  return { type: "chat_message", event, thread_id, payload: { text }, meta: { message_id } };
}

function parsePing({ id }: Fields): ClientFrame | undefined {
  return typeof id === "number" ? { type: "ping", id } : undefined;
}

function parseFeedback({ thread_id, message_id, verdict }: Fields): FeedbackFrame | undefined {
  if (!matches(UUID, thread_id) || !matches(MESSAGE_ID, message_id)) return undefined;
  if (verdict !== "helpful" && verdict !== "unhelpful") return undefined;
  return { type: "feedback", thread_id, message_id, verdict };
}

function parseObject(text: string): Fields | undefined {
  try {
    return fields(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fields(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null ? (value as Fields) : undefined;
}

function matches(pattern: RegExp, value: unknown): value is string {
  return typeof value === "string" && pattern.test(value);
}
