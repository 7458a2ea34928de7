import { listen } from "./listen.ts";

/**
 * What can happen to the page as a whole. It leaves with `pagehide`, for ever or into the back/forward cache, or with
 * `freeze`; with `pageshow` it came back from that cache, with `resume` it runs again.
 *
 * See {@link https://wicg.github.io/page-lifecycle/ | Page Lifecycle}.
 */
export type LifecycleEvent = "hidden" | "visible" | "freeze" | "resume" | "pagehide" | "pageshow" | "online";

/** As much of a `Response` as the SDK reads. */
export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

/** Everything that the SDK needs from the outside. Tests and unusual hosts bring their own. */
export interface Environment {
  /** A clock that never jumps, in ms; its origin does not matter. It may stand still while the machine sleeps. */
  now(): number;
  /** The wall clock, in ms since the epoch. */
  wallClock(): number;
  /** Unpredictable bytes, for the session; jitter uses them as well. */
  randomBytes(count: number): Uint8Array;
  fetch(url: string, init: RequestInit): Promise<FetchAnswer>;
  /** Queues a `text/plain` request that outlives the page; false when the host has none or its queue is full. */
  sendBeacon(url: string, body: string): boolean;
  setTimeout(callback: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
  /** Calls `listener` at each lifecycle event until the returned function is called. */
  subscribe(listener: (event: LifecycleEvent) => void): () => void;
}

/** The browser's globals, read when they are used. Events that the host does not have, as in a worker, never happen. */
export function browserEnvironment(): Environment {
  return {
    now: () => performance.now(),
    wallClock: () => Date.now(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    fetch: (url, init) => fetch(url, init),
    sendBeacon: (url, body) => navigator.sendBeacon(url, body),
    setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
    clearTimeout: (timer) => clearTimeout(timer as number),
    subscribe: subscribeToPage,
  };
}

function subscribeToPage(listener: (event: LifecycleEvent) => void): () => void {
  const page = globalThis.document as Document | undefined;
  const tell = ({ type }: Event): void => listener(type as LifecycleEvent);
  const removals = [
    listen(page, "visibilitychange", () => listener((page as Document).visibilityState)),
    // After a freeze, `visibilitychange` may not come.
    listen(page, "resume", tell),
    listen(page, "freeze", tell),
    listen(globalThis, "pagehide", tell),
    listen(globalThis, "pageshow", (event: PageTransitionEvent) => event.persisted && tell(event)),
    listen(globalThis, "online", tell),
  ];
  return () => {
    for (const remove of removals) remove();
  };
}
