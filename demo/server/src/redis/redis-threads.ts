import { MemoryThreads } from "../threads/memory-threads.ts";
import { earliestLease, NEW_THREAD, type Thread, type ThreadChange, united } from "../threads/thread.ts";
import type { ThreadStore } from "../threads/thread-store.ts";
import type { RedisLink } from "./redis-link.ts";

const THREAD = "sockscope:thread:";
/** Threads with replies that are pending, by when somebody has to look after them. */
const PENDING = "sockscope:pending";
/** A thread that was quiet for so long is forgotten. */
const QUIET_SECONDS = 86_400;
const MAX_TRIES = 20;
/** So many threads are told at once. */
const TOLD_AT_ONCE = 50;
/** So long, in ms, the end of a process waits for Redis to take what it has not been told. */
const CLOSE_MS = 2_000;
const ABANDONED_AT_ONCE = 100;

/** Writes a thread if it is still what was read, and when it has to be looked after. */
const WRITE_UNLESS_CHANGED = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
if ARGV[4] == '' then redis.call('ZREM', KEYS[2], ARGV[5])
else redis.call('ZADD', KEYS[2], ARGV[4], ARGV[5]) end
return 1`;

/** Nothing is known of a thread, and nobody can be asked. */
export class ThreadUnknownError extends Error {
  override readonly name = "ThreadUnknownError";
  readonly code = "DEMO_ERR_THREAD_UNKNOWN";

  constructor(cause: unknown) {
    super("the thread cannot be read: Redis is gone, and this process has never seen it", { cause });
  }
}

/** How threads are kept in a Redis. */
export interface RedisThreadsOptions {
  readonly link: RedisLink;
  /** How many of them this process remembers for when Redis is gone. */
  readonly maxThreads: number;
  /** Whether somebody in this process hears a thread. */
  readonly isHeard: (threadId: string) => boolean;
  /** Takes one line when Redis stores no more, and one when it does again. */
  readonly log: (line: object) => void;
}

/**
 * Threads in Redis, shared by processes. Each remembers those that it served, so that it serves them while Redis is gone; what it
 * changed meanwhile is united with what others did when it is back.
 */
export class RedisThreads implements ThreadStore {
  readonly #link: RedisLink;
  readonly #near: MemoryThreads;
  /** Threads that Redis has not been told of. */
  readonly #untold = new Set<string>();
  /** Those of them that Redis refused, though it was there: it is full, or what it has of them makes no sense. */
  readonly #refused = new Set<string>();
  readonly #log: (line: object) => void;

  constructor({ link, maxThreads, isHeard, log }: RedisThreadsOptions) {
    this.#log = log;
    this.#link = link;
    const mustStay = (threadId: string): boolean => this.#untold.has(threadId);
    this.#near = new MemoryThreads({ maxThreads, isHeard, mustStay });
    link.onUp(() => void this.#tellUntold());
  }

  async read(threadId: string): Promise<Thread> {
    try {
      const thread = this.#withUntold(threadId, parsed(await this.#get(threadId)));
      this.#near.offer(threadId, thread);
      return thread;
    } catch (error) {
      const near = this.#near.find(threadId);
      if (near === undefined) throw new ThreadUnknownError(error);
      return near;
    }
  }

  async update<T>(threadId: string, change: ThreadChange<T>): Promise<T> {
    if (!this.#link.isUp) return this.#updateNear(threadId, change);
    try {
      return await this.#updateShared(threadId, change);
    } catch (error) {
      this.#failed(threadId, error);
      // Whether Redis has it or not: what is told again is united with it.
      return this.#updateNear(threadId, change);
    }
  }

  /** Whether Redis takes what it is told, while it is there. */
  get isStored(): boolean {
    return this.#refused.size === 0;
  }

  /** Only Redis knows who lives: while it is gone, nobody takes over. */
  async abandoned(nowMs: number): Promise<readonly string[]> {
    if (!this.#link.isUp) return [];
    // A Redis that was silent for a while comes back without a word.
    await this.#tellUntold();
    const limit = { LIMIT: { offset: 0, count: ABANDONED_AT_ONCE } };
    return this.#link.ask((client) => client.zRangeByScore(PENDING, "-inf", nowMs, limit)).catch(() => []);
  }

  /** Whatever Redis has not taken by the deadline is lost with the process, and said to be. */
  async close(): Promise<void> {
    await this.#link.within(CLOSE_MS, this.#tellUntold());
    if (this.#untold.size > 0) this.#log({ event: "threads_not_stored", threads: this.#untold.size });
  }

  #get(threadId: string): Promise<string> {
    return this.#link.ask((client) => client.get(THREAD + threadId)).then((text) => text ?? "");
  }

  async #updateShared<T>(threadId: string, change: ThreadChange<T>): Promise<T> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const text = await this.#get(threadId);
      const shared = parsed(text);
      const [next, result] = change(this.#withUntold(threadId, shared));
      if (next !== shared && !(await this.#write(threadId, text, next))) continue;
      // Forgotten meanwhile: nobody has to look after it.
      if (text === "" && next === shared) await this.#link.ask((client) => client.zRem(PENDING, threadId));
      this.#near.offer(threadId, next);
      this.#stored(threadId);
      return result;
    }
    throw new Error(`thread ${threadId} was changed by others ${MAX_TRIES} times in a row`);
  }

  async #write(threadId: string, before: string, next: Thread): Promise<boolean> {
    const due = earliestLease(next);
    const written = await this.#link.ask((client) =>
      client.eval(WRITE_UNLESS_CHANGED, {
        keys: [THREAD + threadId, PENDING],
        arguments: [
          before,
          JSON.stringify(next),
          String(QUIET_SECONDS),
          due === undefined ? "" : String(due),
          threadId,
        ],
      }),
    );
    return written === 1;
  }

  async #updateNear<T>(threadId: string, change: ThreadChange<T>): Promise<T> {
    const result = await this.#near.update(threadId, change);
    if (this.#near.find(threadId) !== undefined) this.#untold.add(threadId);
    return result;
  }

  #withUntold(threadId: string, shared: Thread): Thread {
    const near = this.#untold.has(threadId) ? this.#near.find(threadId) : undefined;
    return near === undefined ? shared : united(shared, near);
  }

  /** Stops as soon as Redis is gone: whoever waits for one answer in vain does not wait for the next. */
  async #tellUntold(): Promise<void> {
    const threadIds = [...this.#untold];
    for (let first = 0; first < threadIds.length && this.#link.isUp; first += TOLD_AT_ONCE)
      await Promise.all(threadIds.slice(first, first + TOLD_AT_ONCE).map((id) => this.#tell(id)));
  }

  async #tell(threadId: string): Promise<void> {
    try {
      await this.#updateShared(threadId, (thread) => [thread, undefined]);
    } catch (error) {
      this.#failed(threadId, error);
    }
  }

  #stored(threadId: string): void {
    if (this.#refused.delete(threadId) && this.isStored) this.#log({ event: "redis_stores_again" });
    this.#untold.delete(threadId);
  }

  /** A Redis that is gone, its link has told of. */
  #failed(threadId: string, error: unknown): void {
    if (!this.#link.isUp) return;
    if (this.isStored) this.#log({ event: "redis_refuses", message: String(error) });
    this.#refused.add(threadId);
  }
}

function parsed(text: string): Thread {
  return text === "" ? NEW_THREAD : (JSON.parse(text) as Thread);
}
