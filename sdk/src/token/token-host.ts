import { browserHost, type Host } from "../host.ts";

/** As much of the browser's `LockManager` as is needed. */
export interface TokenLocks {
  request<T>(
    name: string,
    options: { readonly ifAvailable?: boolean; readonly signal?: AbortSignal },
    work: (lock: unknown) => Promise<T>,
  ): Promise<T>;
}

/** As much of a `BroadcastChannel` as is needed. */
export interface TokenChannel {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/** Everything that a token store needs from the outside. */
export interface TokenHost
  extends Pick<
    Host,
    | "now"
    | "wallClock"
    | "randomBytes"
    | "setTimeout"
    | "clearTimeout"
    | "subscribe"
    | "isVisible"
    | "isOnline"
  > {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Locks among the tabs of the origin. Undefined where there are none: an old browser, or no secure context. */
  locks(): TokenLocks | undefined;
  /** A channel among the tabs of the origin. Undefined where there are none. */
  openChannel(name: string): TokenChannel | undefined;
}

/** What not every browser has, or not every `lib.dom.d.ts` knows. */
interface Unusual {
  readonly navigator?: { readonly locks?: LockManager };
  /** Node's keeps a process alive until it is told not to. */
  readonly BroadcastChannel?: new (
    name: string,
  ) => TokenChannel & { unref?(): void };
}

/** The browser's globals, read when they are used. */
export function browserTokenHost(): TokenHost {
  const globals = globalThis as unknown as Unusual;
  return {
    // Its answers are a browser's.
    ...(browserHost() as Host & Pick<TokenHost, "fetch">),
    locks: () => globals.navigator?.locks as TokenLocks | undefined,
    openChannel: (name) => {
      try {
        const channel = globals.BroadcastChannel && new globals.BroadcastChannel(name);
        channel?.unref?.();
        return channel;
      } catch {
        // Firefox denies it where the user blocks cookies.
        return undefined;
      }
    },
  };
}
