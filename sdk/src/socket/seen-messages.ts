/** How many keys are remembered. */
export const MAX_SEEN = 200;

/** Remembers the last messages by their keys; the one that came least recently is forgotten first. */
export interface SeenMessages {
  /** Whether a message with this key came before. It is the latest from now on. */
  isSecond(key: string): boolean;
}

/** Nothing seen yet. */
export function createSeenMessages(): SeenMessages {
  const keys = new Set<string>();
  return {
    isSecond: (key) => {
      const isKnown = keys.delete(key);
      keys.add(key);
      for (const oldest of keys) if (keys.size > MAX_SEEN) keys.delete(oldest);
      return isKnown;
    },
  };
}
