import { createTell } from "../problems.ts";
import type { Sockscope } from "../start.ts";

/** As much of a running instance as is needed. */
type Observer = Pick<Sockscope, "observe">;

/** Which sockets are observed. */
export interface ObservedWebSocketOptions {
  /** The constructor underneath. Default: the browser's at the time of the call. */
  readonly WebSocket?: typeof WebSocket;
  /** Whether to observe a socket of this URL. Default: every one. */
  readonly match?: (url: string) => boolean;
  /**
   * What the connection is for, where its path has something in it that is another in each attempt, as with SockJS. Default: as
   * for `observe`.
   */
  readonly episode?: (url: string) => string;
}

/** Where sockets are made, and which of them are observed. */
export interface InstrumentOptions extends Omit<ObservedWebSocketOptions, "WebSocket"> {
  /** The object whose `WebSocket` is replaced. Default: `globalThis`. */
  readonly target?: { WebSocket: typeof WebSocket };
}

/**
 * A `WebSocket` constructor whose sockets are observed from their first moment, for clients that take one as an option. It is
 * the same constructor in everything else: constants, prototype, `instanceof`, name, text and subclasses; and its sockets are
 * the browser's own.
 */
export function observedWebSocket(
  sockscope: Observer,
  { WebSocket: underneath = globalThis.WebSocket, match, episode }: ObservedWebSocketOptions = {},
): typeof WebSocket {
  const text = (): string => String(underneath);
  return new Proxy(underneath, {
    // A proxy's own text has no name in it.
    get: (target, property, receiver) =>
      property === "toString" ? text : Reflect.get(target, property, receiver),
    construct(target, args, newTarget) {
      // Whatever this throws is the page's own: no socket came of it.
      const socket = Reflect.construct(target, args, newTarget) as WebSocket;
      try {
        const { url } = socket;
        if (!match || match(url)) sockscope.observe(socket, episode && { episode: episode(url) });
      } catch {
        // What throws here matches nothing.
      }
      return socket;
    },
  });
}

/**
 * Observes every socket that the page makes from now on, whoever makes it. Call it before the code that does. Never throws:
 * where the constructor cannot be replaced, it says so on the console.
 *
 * @returns takes it back: sockets that are made from then on are not observed. Where someone else has replaced the
 *   constructor meanwhile, theirs stays, and ours underneath it observes nothing more
 */
export function instrument(
  sockscope: Observer,
  { target = globalThis, match, ...options }: InstrumentOptions = {},
): () => void {
  const before = Object.getOwnPropertyDescriptor(target, "WebSocket");
  const { WebSocket: underneath } = target;
  let isActive = typeof underneath === "function";
  const observed =
    isActive &&
    observedWebSocket(sockscope, {
      ...options,
      WebSocket: underneath,
      match: (url) => isActive && (!match || match(url)),
    });
  if (!observed || !replace(target, "WebSocket", observed)) {
    createTell("instrument")(
      "SOCKSCOPE_ERR_SOCKET",
      "there is no WebSocket that can be replaced; no socket is observed",
    );
    return () => {};
  }
  const { prototype } = underneath;
  replace(prototype, "constructor", observed);
  return () => {
    isActive = false;
    if (target.WebSocket !== observed) return;
    if (before) Object.defineProperty(target, "WebSocket", before);
    else Reflect.deleteProperty(target, "WebSocket");
    replace(prototype, "constructor", underneath);
  };
}

/** Replaces a value as the browser has it: no loop over properties meets it. Returns whether the owner lets itself be changed. */
function replace(owner: object, name: string, value: unknown): boolean {
  return Reflect.defineProperty(owner, name, {
    value,
    configurable: true,
    writable: true,
    enumerable: false,
  });
}
