/** Threads in which somebody may not have been told something that was said while others could not be heard. */
export interface Missed {
  /** Somebody here may not. */
  readonly here: readonly string[];
  /** Somebody elsewhere may not. */
  readonly elsewhere: readonly string[];
}

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
  /** Is told once others can be heard again. */
  onBack(listener: (missed: Missed) => void): void;
}
