import { earliestLease, NEW_THREAD, type Thread, type ThreadChange } from "./thread.ts";
import type { ThreadStore } from "./thread-store.ts";

/** How a memory is made. */
export interface MemoryThreadsOptions {
  /** How many threads are remembered; for one more, one in which nothing is pending is forgotten, the longest quiet first. */
  readonly maxThreads: number;
  /** Whether somebody hears a thread: one that nobody does is forgotten before it. Default: nobody does */
  readonly isHeard?: (threadId: string) => boolean;
  /** Whether a thread must stay, whatever comes. Default: one with replies that are pending */
  readonly mustStay?: (threadId: string, thread: Thread) => boolean;
  /** What is remembered from the start. Default: nothing */
  readonly threads?: Iterable<readonly [threadId: string, thread: Thread]>;
  /** Is told of every change. */
  readonly changed?: () => void;
}

/** Every thread that is remembered still owes somebody a reply, and there is no room for another. */
export class ThreadsFullError extends Error {
  override readonly name = "ThreadsFullError";
  readonly code = "DEMO_ERR_THREADS_FULL";

  constructor(maxThreads: number) {
    super(`all of ${maxThreads} threads wait for a reply; a new one has to wait until one of them has it`);
  }
}

/** Threads in the memory of one process. */
export class MemoryThreads implements ThreadStore {
  readonly #maxThreads: number;
  readonly #isHeard: (threadId: string) => boolean;
  readonly #mustStay: (threadId: string, thread: Thread) => boolean;
  readonly #changed: () => void;
  /** In the order of last use. */
  readonly #threads: Map<string, Thread>;

  constructor(options: MemoryThreadsOptions) {
    this.#maxThreads = options.maxThreads;
    this.#isHeard = options.isHeard ?? (() => false);
    this.#mustStay = options.mustStay ?? owesReply;
    this.#changed = options.changed ?? (() => {});
    this.#threads = new Map(options.threads);
  }

  /** Everything that is remembered, the longest quiet first. */
  entries(): readonly (readonly [threadId: string, thread: Thread])[] {
    return [...this.#threads];
  }

  /** What is remembered of a thread; undefined where that is nothing. */
  find(threadId: string): Thread | undefined {
    return this.#threads.get(threadId);
  }

  /**
   * Remembers a thread as it is told.
   *
   * @throws ThreadsFullError when it is new and none can be forgotten for it
   */
  set(threadId: string, thread: Thread): void {
    if (!this.#threads.has(threadId)) this.#makeRoom();
    this.#threads.delete(threadId);
    this.#threads.set(threadId, thread);
    this.#changed();
  }

  /** Remembers a thread that is remembered elsewhere as well, if there is room. */
  offer(threadId: string, thread: Thread): void {
    try {
      this.set(threadId, thread);
    } catch (error) {
      if (!(error instanceof ThreadsFullError)) throw error;
    }
  }

  async read(threadId: string): Promise<Thread> {
    return this.find(threadId) ?? NEW_THREAD;
  }

  async update<T>(threadId: string, change: ThreadChange<T>): Promise<T> {
    const before = this.find(threadId) ?? NEW_THREAD;
    const [next, result] = change(before);
    if (next !== before) this.set(threadId, next);
    return result;
  }

  async abandoned(nowMs: number): Promise<readonly string[]> {
    return this.entries().flatMap(([id, thread]) =>
      (earliestLease(thread) ?? Number.POSITIVE_INFINITY) <= nowMs ? [id] : [],
    );
  }

  async close(): Promise<void> {}

  #makeRoom(): void {
    if (this.#threads.size < this.#maxThreads) return;
    const threadId = this.#leastMissed();
    if (threadId === undefined) throw new ThreadsFullError(this.#maxThreads);
    this.#threads.delete(threadId);
  }

  #leastMissed(): string | undefined {
    let heard: string | undefined;
    for (const [threadId, thread] of this.#threads) {
      if (this.#mustStay(threadId, thread)) continue;
      if (!this.#isHeard(threadId)) return threadId;
      heard ??= threadId;
    }
    return heard;
  }
}

function owesReply(_threadId: string, { pendingReplies }: Thread): boolean {
  return pendingReplies.length > 0;
}
