import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Schedule } from "../schedule.ts";
import { writeAtomically } from "../write-atomically.ts";
import { MemoryThreads } from "./memory-threads.ts";
import type { Thread, ThreadChange } from "./thread.ts";
import type { ThreadStore } from "./thread-store.ts";

/** How threads are kept in a file. */
export interface FileThreadsOptions {
  readonly stateDir: string;
  readonly maxThreads: number;
  /** Whether somebody hears a thread. */
  readonly isHeard: (threadId: string) => boolean;
  readonly schedule: Schedule;
  /** Takes why the file could not be read or written; the chat goes on without it. */
  readonly reportError: (error: unknown) => void;
}

/**
 * So long after a change it is written, in ms, with whatever else changed meanwhile. Less than an assistant thinks: what a page
 * was told by the first piece of an answer, a crash does not take back.
 */
const WRITE_DELAY_MS = 100;

/** Threads in memory, and in a file that a restart or a crash leaves behind. */
export class FileThreads implements ThreadStore {
  readonly #memory: MemoryThreads;
  readonly #path: string;
  readonly #options: FileThreadsOptions;
  #callOff: (() => void) | undefined;

  constructor(options: FileThreadsOptions) {
    this.#options = options;
    this.#path = join(options.stateDir, "threads.json");
    this.#memory = new MemoryThreads({
      maxThreads: options.maxThreads,
      isHeard: options.isHeard,
      threads: this.#readKept(),
      changed: () => this.#writeSoon(),
    });
  }

  read(threadId: string): Promise<Thread> {
    return this.#memory.read(threadId);
  }

  update<T>(threadId: string, change: ThreadChange<T>): Promise<T> {
    return this.#memory.update(threadId, change);
  }

  abandoned(nowMs: number): Promise<readonly string[]> {
    return this.#memory.abandoned(nowMs);
  }

  async close(): Promise<void> {
    if (this.#callOff !== undefined) this.#write();
  }

  #writeSoon(): void {
    this.#callOff ??= this.#options.schedule(() => this.#write(), WRITE_DELAY_MS);
  }

  #write(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    try {
      writeAtomically(this.#path, JSON.stringify(this.#memory.entries()));
    } catch (error) {
      this.#options.reportError(error);
    }
  }

  #readKept(): readonly (readonly [string, Thread])[] {
    if (!existsSync(this.#path)) return [];
    try {
      return (JSON.parse(readFileSync(this.#path, "utf8")) as [string, Thread][]).map(abandonedByItsWriter);
    } catch (error) {
      this.#options.reportError(error);
      return [];
    }
  }
}

/** The process that wrote the file is gone: nothing has to be waited for. */
function abandonedByItsWriter([threadId, thread]: readonly [string, Thread]): readonly [string, Thread] {
  const pendingReplies = thread.pendingReplies.map((reply) => ({ ...reply, leaseUntilMs: 0 }));
  return [threadId, { ...thread, pendingReplies }];
}
