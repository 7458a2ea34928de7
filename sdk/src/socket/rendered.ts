import { createSeen } from "../seen.ts";

/** How many keys are remembered that were seen twice: after a list was made anew, they count once still. */
const MAX_COUNTED = 1_000;

/**
 * Knows which messages the user sees. It has a memory of its own, since what drops duplicates cannot see those that it missed.
 *
 * @param countDuplicate a message is there twice; once a message
 * @returns takes a message's key when it comes into view, and returns what says that it is gone. Where nobody says so, it is
 *   there for the rest of the session
 */
export function createRendered(countDuplicate: () => void): (key: string) => () => void {
  const copies = new Map<string, number>();
  const counted = createSeen(MAX_COUNTED);

  function shown(key: string): void {
    const before = copies.get(key) ?? 0;
    copies.set(key, before + 1);
    if (before > 0 && !counted.isSecond(key)) countDuplicate();
  }

  return (key) => {
    shown(key);
    let isGone = false;
    return () => {
      const left = (copies.get(key) ?? 0) - 1;
      if (!isGone && left > 0) copies.set(key, left);
      else if (!isGone) copies.delete(key);
      isGone = true;
    };
  };
}
