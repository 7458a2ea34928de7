/** How many messages are remembered. */
export const MAX_SEEN = 200;

/** The longest key that is remembered; a server that sends longer ones would fill the memory. */
const MAX_KEY_LENGTH = 1_000;

/** Remembers what was seen, by its key; what was seen least recently is forgotten first. */
export interface Seen {
  /** Whether this was seen before. It is the latest from now on. */
  isSecond(key: string): boolean;
}

/**
 * Nothing seen yet.
 *
 * @param limit how many keys are remembered
 */
export function createSeen(limit: number): Seen {
  const keys = new Set<string>();
  return {
    isSecond: (key) => {
      if (key.length > MAX_KEY_LENGTH) return false;
      const isKnown = keys.delete(key);
      keys.add(key);
      const [oldest] = keys;
      if (keys.size > limit) keys.delete(oldest as string);
      return isKnown;
    },
  };
}
