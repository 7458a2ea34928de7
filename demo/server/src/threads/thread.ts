import type { Turn } from "@sockscope/catalog";

/** An answer that is being written. All of it is known from the start, so that whoever goes on with it says the same. */
export interface PendingReply {
  readonly inReplyTo: string;
  readonly answer: string;
  /** The answer's own id, whoever sends it in the end: by that a page knows a second copy. */
  readonly queuedMessageId: string;
  readonly correlationId: string;
  /** How many pieces went out. */
  readonly nextIndex: number;
  /** The process that writes it. */
  readonly writer: string;
  /** Until when nobody else may go on with it, in ms since the epoch: a writer that lives puts it off again and again. */
  readonly leaseUntilMs: number;
}

/** What is remembered of a thread. */
export interface Thread {
  readonly turnCount: number;
  readonly recentTurns: readonly Turn[];
  readonly pendingReplies: readonly PendingReply[];
}

/** A thread of which nothing is known. */
export const NEW_THREAD: Thread = { turnCount: 0, recentTurns: [], pendingReplies: [] };

/** How many turns of a thread are remembered; the oldest is forgotten first. */
export const MAX_TURNS = 50;

/** What becomes of a thread, and what whoever asked for it has to know. The same thread means that nothing changes. */
export type ThreadChange<T> = (thread: Thread) => readonly [next: Thread, result: T];

/** Whether nobody has said anything yet. */
export function isNew({ turnCount }: Thread): boolean {
  return turnCount === 0;
}

/** What becomes of a user's message. `known`: it had come before. */
export type MessageOutcome = "added" | "known" | "too_many";

/** A user's message comes in, with the reply that somebody will write. */
export function withMessage(
  turn: Turn,
  reply: PendingReply,
  maxPendingReplies: number,
): ThreadChange<MessageOutcome> {
  return (thread) => {
    if (hasTurn(thread, turn)) return [thread, "known"];
    if (thread.pendingReplies.length >= maxPendingReplies) return [thread, "too_many"];
    const pendingReplies = [...thread.pendingReplies, reply];
    return [{ ...withTurn(thread, turn), pendingReplies }, "added"];
  };
}

/** One more piece goes out; false, and nothing, when the reply is another's by now. */
export function withPiece(inReplyTo: string, writer: string, leaseUntilMs: number): ThreadChange<boolean> {
  return (thread) => {
    const mine = replyOf(thread, inReplyTo, writer);
    if (mine === undefined) return [thread, false];
    return [replaced(thread, { ...mine, nextIndex: mine.nextIndex + 1, leaseUntilMs }), true];
  };
}

/** The reply is whole; false, and nothing, when it is another's by now. */
export function withReply(inReplyTo: string, writer: string): ThreadChange<boolean> {
  return (thread) => {
    const mine = replyOf(thread, inReplyTo, writer);
    if (mine === undefined) return [thread, false];
    const turn = { role: "assistant", text: mine.answer, message_id: mine.queuedMessageId } as const;
    const pendingReplies = thread.pendingReplies.filter((reply) => reply !== mine);
    return [{ ...withTurn(thread, turn), pendingReplies }, true];
  };
}

/** Whether nobody will ever write this reply: it is neither pending nor among the turns. */
export function isLost({ pendingReplies, recentTurns }: Thread, reply: PendingReply): boolean {
  return (
    !pendingReplies.some(({ inReplyTo }) => inReplyTo === reply.inReplyTo) &&
    !recentTurns.some(({ message_id }) => message_id === reply.queuedMessageId)
  );
}

/** A writer takes over what nobody writes any more, and is told which replies these are. */
export function taken(
  writer: string,
  nowMs: number,
  leaseUntilMs: number,
): ThreadChange<readonly PendingReply[]> {
  return (thread) => {
    const isAbandoned = (reply: PendingReply): boolean => reply.leaseUntilMs <= nowMs;
    const own = thread.pendingReplies
      .filter(isAbandoned)
      .map((reply) => ({ ...reply, writer, leaseUntilMs }));
    if (own.length === 0) return [thread, own];
    const others = thread.pendingReplies.filter((reply) => !isAbandoned(reply));
    return [{ ...thread, pendingReplies: [...others, ...own] }, own];
  };
}

/** A writer stops: whoever comes first goes on. */
export function released(writer: string): ThreadChange<void> {
  return (thread) => {
    if (!thread.pendingReplies.some((reply) => reply.writer === writer)) return [thread, undefined];
    const pendingReplies = thread.pendingReplies.map((reply) =>
      reply.writer === writer ? { ...reply, leaseUntilMs: 0 } : reply,
    );
    return [{ ...thread, pendingReplies }, undefined];
  };
}

/** When somebody has to look after the thread, in ms since the epoch; undefined while nothing is pending. */
export function earliestLease({ pendingReplies }: Thread): number | undefined {
  return pendingReplies.length === 0
    ? undefined
    : Math.min(...pendingReplies.map(({ leaseUntilMs }) => leaseUntilMs));
}

/** What was remembered apart, together: nothing of either is lost, and what one has answered is not pending any more. */
export function united(one: Thread, other: Thread): Thread {
  const news = other.recentTurns.filter((turn) => !hasTurn(one, turn));
  const turns = news.reduce(withTurn, one);
  const isOpen = ({ queuedMessageId }: PendingReply): boolean =>
    !turns.recentTurns.some(({ message_id }) => message_id === queuedMessageId);
  return {
    ...turns,
    pendingReplies: furthest([...one.pendingReplies, ...other.pendingReplies]).filter(isOpen),
  };
}

/** Of several states of a reply, the one in which most of it went out. */
function furthest(replies: readonly PendingReply[]): readonly PendingReply[] {
  const byMessage = new Map<string, PendingReply>();
  for (const reply of replies) {
    const before = byMessage.get(reply.inReplyTo);
    if (before === undefined || before.nextIndex < reply.nextIndex) byMessage.set(reply.inReplyTo, reply);
  }
  return [...byMessage.values()];
}

function hasTurn({ recentTurns }: Thread, { message_id }: Turn): boolean {
  return recentTurns.some((turn) => turn.message_id === message_id);
}

function withTurn(thread: Thread, turn: Turn): Thread {
  if (hasTurn(thread, turn)) return thread;
  const recentTurns = [...thread.recentTurns, turn].slice(-MAX_TURNS);
  return { ...thread, turnCount: thread.turnCount + 1, recentTurns };
}

function replyOf(thread: Thread, inReplyTo: string, writer: string): PendingReply | undefined {
  return thread.pendingReplies.find((reply) => reply.inReplyTo === inReplyTo && reply.writer === writer);
}

function replaced(thread: Thread, next: PendingReply): Thread {
  const pendingReplies = thread.pendingReplies.map((reply) =>
    reply.inReplyTo === next.inReplyTo ? next : reply,
  );
  return { ...thread, pendingReplies };
}
