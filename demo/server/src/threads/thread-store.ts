import type { Thread, ThreadChange } from "./thread.ts";

/** Where threads are remembered. */
export interface ThreadStore {
  /** What is known of a thread; rejects when that cannot be said at the moment. */
  read(threadId: string): Promise<Thread>;
  /** Changes a thread as if nobody else did meanwhile, and tells the change's result. */
  update<T>(threadId: string, change: ThreadChange<T>): Promise<T>;
  /** Threads with a reply whose writer has not been heard of for too long. */
  abandoned(nowMs: number): Promise<readonly string[]>;
  /** Keeps what has to outlive the process. */
  close(): Promise<void>;
}
