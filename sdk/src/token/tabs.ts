import type { TokenHost } from "./token-host.ts";

/** How long a tab that had to wait for its turn waits for what the one before has to tell, in ms: a crashed one tells nothing. */
export const NEWS_TIMEOUT_MS = 1_000;

/** The tabs of an origin, which take turns and tell each other what came of it. */
export interface Tabs {
  /** Does the work while no other tab does; what the one before told has been heard by then. */
  inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** Tells the others, also that there is nothing to tell. */
  tell(news: unknown): void;
  /** Hears and tells nothing any more. */
  leave(): void;
}

/**
 * Without locks a tab does not wait for others, and without a channel it learns nothing of them.
 *
 * @param hear is told what other tabs tell, or whoever else knows the name
 */
export function joinTabs(host: TokenHost, name: string, hear: (news: unknown) => void): Tabs {
  let channel = host.openChannel(name);
  let heard = 0;
  let proceed = (): void => {};
  if (channel)
    channel.onmessage = ({ data }) => {
      heard++;
      hear(data);
      proceed();
    };

  /** A lock and a message travel separately: whose turn it is may be known before what came of the turn before. */
  async function hearNews(heardBefore: number): Promise<void> {
    if (!channel || heard > heardBefore) return;
    await new Promise<void>((resolve) => {
      const timer = host.setTimeout(resolve, NEWS_TIMEOUT_MS);
      proceed = () => {
        host.clearTimeout(timer);
        resolve();
      };
    });
  }

  async function inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const locks = host.locks();
    if (!locks) return work();
    const heardBefore = heard;
    let hasBegun = false;
    const begin = (): Promise<T> => {
      hasBegun = true;
      return work();
    };
    const wait = () => locks.request(name, { signal }, () => hearNews(heardBefore).then(begin));
    try {
      // The two options exclude each other.
      return await locks.request(name, { ifAvailable: true }, (lock) => (lock ? begin() : wait()));
    } catch (error) {
      // A sandboxed frame is denied every lock.
      if (hasBegun || signal.aborted) throw error;
      return work();
    }
  }

  return {
    inTurn,
    tell: (news) => channel?.postMessage(news),
    leave: () => {
      channel?.close();
      channel = undefined;
    },
  };
}
