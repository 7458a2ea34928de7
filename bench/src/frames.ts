import type { ServerFrame } from "@sockscope/catalog/runtime";

const TEXT = "An answer of a usual length, as assistants give them. ".repeat(6).slice(0, 300);

/** One of each kind of frame that a chat server sends, told apart by a number. */
const KINDS: readonly ((id: number) => ServerFrame)[] = [
  (id) => ({
    type: "chat_message",
    event: "assistant_message",
    thread_id: `thread-${id}`,
    payload: { text: TEXT, rich: { recommendations: [], agent: "support" } },
    meta: {
      in_reply_to: `message-${id}`,
      queued_message_id: `queued-${id}`,
      traces: { memory: {}, correlation_id: `correlation-${id}` },
      sent_at: 1_790_000_000_000 + id,
    },
  }),
  (id) => ({ type: "chat_status", event: "typing", value: id % 2 === 0, thread_id: `thread-${id}` }),
  (id) => ({ type: "pong", id, server_time: 1_790_000_000_000 + id }),
  (id) => ({
    type: "chat_error",
    event: "error",
    payload: { message: "Try again." },
    thread_id: `thread-${id}`,
  }),
];

/** What the frames call themselves, by kind. */
export const EVENTS = ["assistant_message", "typing", "pong", "error"] as const;

/** A frame as it travels. */
export interface Received {
  /** Its place in {@link EVENTS}. */
  readonly kind: number;
  readonly text: string;
}

/** Frames of all kinds in an order that no branch predictor knows; the same ones every time. */
export function receivedFrames(count: number): readonly Received[] {
  let state = 1;
  return Array.from({ length: count }, (_, id) => {
    // Knuth's MMIX would need more than 53 bits: Numerical Recipes, "quick and dirty", of which the upper bits are good.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const kind = Math.floor((state / 2 ** 32) * KINDS.length);
    return { kind, text: flat(JSON.stringify((KINDS[kind] as (id: number) => ServerFrame)(id))) };
  });
}

/** A string of its own, in one piece, as one that was just received. */
function flat(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
