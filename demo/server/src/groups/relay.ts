/** Carries what is said in a thread to other processes, and what is said there to this one. */
export interface Relay {
  /** Tells the others; without a word where that is impossible. */
  publish(threadId: string, text: string, acceptedAtMs?: number): void;
  /** Somebody here hears the thread from now on. */
  follow(threadId: string): void;
  /** Nobody here does any more. */
  unfollow(threadId: string): void;
  /** Is told what is said elsewhere in threads that are followed. */
  listen(listener: (threadId: string, text: string, acceptedAtMs?: number) => void): void;
}
