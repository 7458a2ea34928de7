import { earliestLease, NEW_THREAD, type Thread, type ThreadChange } from "./thread.ts";
import type { ThreadStore } from "./thread-store.ts";

/** How a memory is made. */
export interface MemoryThreadsOptions {
  /** The thread that was quiet for longest is forgotten when there is one too many. */
  readonly maxThreads: number;
  /** What is remembered from the start. Default: nothing */
  readonly threads?: Iterable<readonly [threadId: string, thread: Thread]>;
  /** Is told of every change. */
  readonly changed?: () => void;
}

/** Threads in the memory of one process. */
export class MemoryThreads implements ThreadStore {
  readonly #maxThreads: number;
  readonly #changed: () => void;
  /** In the order of last use. */
  readonly #threads: Map<string, Thread>;

  constructor({ maxThreads, threads = [], changed = () => {} }: MemoryThreadsOptions) {
    this.#maxThreads = maxThreads;
    this.#changed = changed;
    this.#threads = new Map(threads);
  }

  /** Everything that is remembered, the longest quiet first. */
  entries(): readonly (readonly [threadId: string, thread: Thread])[] {
    return [...this.#threads];
  }

  /** What is remembered of a thread; undefined where that is nothing. */
  find(threadId: string): Thread | undefined {
    return this.#threads.get(threadId);
  }

  /** Remembers a thread as it is told. */
  set(threadId: string, thread: Thread): void {
    this.#threads.delete(threadId);
    this.#threads.set(threadId, thread);
    const [oldest] = this.#threads.keys();
    if (this.#threads.size > this.#maxThreads && oldest !== undefined) this.#threads.delete(oldest);
    this.#changed();
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
}
