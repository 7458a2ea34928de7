import { listen } from "./listen.ts";

/**
 * What can happen to the page as a whole. It leaves with `pagehide`, for ever or into the back/forward cache, or with
 * `freeze`; with `pageshow` it came back from that cache, with `resume` it runs again.
 *
 * See {@link https://wicg.github.io/page-lifecycle/ | Page Lifecycle}.
 */
export type LifecycleEvent =
  | "hidden"
  | "visible"
  | "freeze"
  | "resume"
  | "pagehide"
  | "pageshow"
  | "online"
  | "offline";

/** As much of a `Response` as the SDK reads. */
export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** A request that the browser sends when the page is gone, a crash included, unless it is taken back before. */
export interface LaterRequest {
  /** Whether it has been sent. */
  isSent(): boolean;
  takeBack(): void;
}

/** The longest delay that a browser's timer can have, in ms; with a longer one it fires at once. */
export const LONGEST_TIMER_MS = 2_147_483_647;

/** Everything that the SDK needs from the outside. Tests and unusual hosts bring their own. */
export interface Host {
  /** A clock that never jumps back, in ms; its origin does not matter. It may stand still while the machine sleeps. */
  now(): number;
  /** The wall clock, in ms since the epoch. */
  wallClock(): number;
  /** Unpredictable bytes, for the session; jitter uses them as well. */
  randomBytes(count: number): Uint8Array;
  fetch(url: string, init: RequestInit): Promise<FetchAnswer>;
  /** Queues a `text/plain` request that outlives the page; false when the host has none or its queue is full. */
  sendBeacon(url: string, body: string): boolean;
  /** Has the browser send a `text/plain` request when the page is gone. Undefined where there is no such thing; may throw. */
  fetchLater(url: string, body: string): LaterRequest | undefined;
  setTimeout(callback: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
  /** Calls `listener` at each lifecycle event until the returned function is called. */
  subscribe(listener: (event: LifecycleEvent) => void): () => void;
  /** Whether the user sees the page; true where nothing can be seen. */
  isVisible(): boolean;
  isOnline(): boolean;
  /** Bytes of the page's heap, where the browser tells; else undefined. */
  heapBytes(): number | undefined;
  /** Whether the user reloaded the page. */
  isReload(): boolean;
  /** Undefined where there is none; may throw. */
  sessionStorage(): Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined;
}

/** What not every browser has, or not every `lib.dom.d.ts` knows. */
interface Unusual {
  readonly document?: Document;
  readonly navigator?: Navigator;
  readonly sessionStorage?: Storage;
  readonly performance: { readonly memory?: { readonly usedJSHeapSize: number } };
  /** See {@link https://wicg.github.io/pending-beacon/ | fetchLater}. */
  fetchLater?(url: string, init: RequestInit): { readonly activated: boolean };
}

/** The browser's globals, read when they are used. Events that the host does not have, as in a worker, never happen. */
export function browserHost(): Host {
  const globals = globalThis as unknown as Unusual;
  return {
    now: () => performance.now(),
    wallClock: () => Date.now(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    fetch: (url, init) => fetch(url, init),
    sendBeacon: (url, body) => navigator.sendBeacon(url, body),
    fetchLater: (url, body) => {
      const abort = new AbortController();
      const request = globals.fetchLater?.(url, { method: "POST", body, signal: abort.signal });
      return request && { isSent: () => request.activated, takeBack: () => abort.abort() };
    },
    setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
    clearTimeout: (timer) => clearTimeout(timer as number),
    subscribe: subscribeToPage,
    isVisible: () => globals.document?.visibilityState !== "hidden",
    isOnline: () => globals.navigator?.onLine !== false,
    heapBytes: () => globals.performance.memory?.usedJSHeapSize,
    isReload: () =>
      (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined)?.type ===
      "reload",
    sessionStorage: () => globals.sessionStorage,
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
    listen(globalThis, "offline", tell),
  ];
  return () => {
    for (const remove of removals) remove();
  };
}
