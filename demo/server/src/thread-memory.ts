import type { RehydrationFrame, Turn } from "@sockscope/catalog";

/** How much is remembered. */
export interface ThreadMemoryLimits {
  /** Threads; the one that was quiet for longest is forgotten first. */
  readonly maxThreads: number;
  /** Turns of one thread; the oldest is forgotten first. */
  readonly maxTurns: number;
}

interface Thread {
  turnCount: number;
  readonly recentTurns: Turn[];
}

/** The recent turns of every recent thread. Lives as long as the process. */
export class ThreadMemory {
  readonly #limits: ThreadMemoryLimits;
  /** In the order of last use. */
  readonly #threads = new Map<string, Thread>();

  constructor(limits: ThreadMemoryLimits) {
    this.#limits = limits;
  }

  /** How many threads are remembered. */
  get size(): number {
    return this.#threads.size;
  }

  /** Remembers a turn; false when the thread has a recent turn with this id already. */
  add(threadId: string, turn: Turn): boolean {
    const thread = this.#touch(threadId);
    if (thread.recentTurns.some(({ message_id }) => message_id === turn.message_id)) return false;
    thread.turnCount += 1;
    thread.recentTurns.push(turn);
    if (thread.recentTurns.length > this.#limits.maxTurns) thread.recentTurns.shift();
    return true;
  }

  /** What a client needs to go on where the thread is. */
  rehydration(threadId: string): RehydrationFrame {
    const thread = this.#threads.get(threadId);
    return {
      type: "rehydration",
      thread_id: threadId,
      rehydrated: true,
      active_domain: null,
      current_intent: null,
      conversation_summary: "",
      turn_count: thread?.turnCount ?? 0,
      agent_contexts: {},
      shared_context: {},
      recent_turns: [...(thread?.recentTurns ?? [])],
    };
  }

  #touch(threadId: string): Thread {
    const thread = this.#threads.get(threadId) ?? { turnCount: 0, recentTurns: [] };
    this.#threads.delete(threadId);
    this.#threads.set(threadId, thread);
    this.#forgetOldest();
    return thread;
  }

  #forgetOldest(): void {
    const [oldest] = this.#threads.keys();
    if (this.#threads.size > this.#limits.maxThreads && oldest !== undefined) this.#threads.delete(oldest);
  }
}
