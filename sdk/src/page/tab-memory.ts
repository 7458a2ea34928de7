import type { Host } from "../host.ts";

const REMEMBERED = ["affected", "socket"] as const;

/** What a tab remembers: how lately its user was affected, and what the socket was like when the page was left. */
export type Remembered = (typeof REMEMBERED)[number];

/** What a page remembers in its tab over a reload. A tab without memory, or with a full one, remembers nothing. */
export interface TabMemory {
  /** Whether anything may be kept, and read. */
  isAllowed(): boolean;
  recall(what: Remembered): string | undefined;
  remember(what: Remembered, text: string): void;
  forget(what: Remembered): void;
  forgetAll(): void;
}

/**
 * @param app whose pages they are
 * @param isAllowed whether anything may be kept
 */
export function createTabMemory(host: Host, app: string, isAllowed: () => boolean): TabMemory {
  /** Where cookies are blocked, to ask for it throws. That loses no measurement, and a developer cannot mend it. */
  function attempt<T>(
    action: (storage: Pick<Storage, "getItem" | "setItem" | "removeItem">) => T,
  ): T | undefined {
    try {
      const storage = host.sessionStorage();
      return storage && action(storage);
    } catch {
      return undefined;
    }
  }

  const key = (what: Remembered): string => `sockscope:${app}:${what}`;
  const forget = (what: Remembered): void => attempt((storage) => storage.removeItem(key(what)));

  return {
    isAllowed,
    recall: (what) =>
      isAllowed() ? (attempt((storage) => storage.getItem(key(what))) ?? undefined) : undefined,
    remember: (what, text) => {
      if (isAllowed()) attempt((storage) => storage.setItem(key(what), text));
    },
    forget,
    forgetAll: () => REMEMBERED.forEach(forget),
  };
}
