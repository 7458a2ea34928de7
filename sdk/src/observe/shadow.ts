/** See {@link https://websockets.spec.whatwg.org/#dom-websocket-readystate | WHATWG WebSockets, readyState}. */
export const OPEN = 1;

/** Nothing comes of the socket any more. */
export const CLOSED = 3;

/**
 * As much of a `WebSocket` as is observed. Whatever has it may be handed over: the types of clients that open sockets of their
 * own differ from the browser's in what is of no concern here, as in the types of their events.
 */
export interface SocketLike {
  readonly readyState: number;
  readonly url?: unknown;
  send(...args: never[]): unknown;
  close(...args: never[]): unknown;
  addEventListener(...args: never[]): unknown;
  removeEventListener(...args: never[]): unknown;
}

/** What is noticed when it is called; `reconnect` is what clients have that open sockets of their own. */
export type ShadowedMethod = "send" | "close" | "reconnect";

/**
 * Puts an own property over a method of this one socket. It calls the method underneath with the same `this` and
 * arguments, returns or throws the same, and reports a call that did not throw. Neither the prototype nor any listener is
 * touched, and no loop over the socket's properties meets it.
 *
 * @param called gets the first argument, and the socket's state before the call; must not throw
 * @returns takes the property away again, unless someone put another over it; then it stays, as part of theirs
 * @throws TypeError when the socket takes no property
 */
export function shadow(
  socket: SocketLike,
  method: ShadowedMethod,
  called: (argument: unknown, state: number) => void,
): () => void {
  const methods = socket as unknown as Record<ShadowedMethod, unknown>;
  const theirs = Object.getOwnPropertyDescriptor(socket, method);
  const underneath = methods[method] as (...args: unknown[]) => unknown;
  function shadowed(this: unknown, ...args: unknown[]): unknown {
    const state = stateOf(socket);
    const result = underneath.apply(this, args);
    called(args[0], state);
    return result;
  }
  for (const detail of ["name", "length"] as const)
    Object.defineProperty(shadowed, detail, { value: underneath[detail], configurable: true });
  Object.defineProperty(socket, method, { value: shadowed, configurable: true, writable: true });
  return () => {
    if (methods[method] !== shadowed) return;
    if (theirs) Object.defineProperty(socket, method, theirs);
    else delete (methods as Partial<typeof methods>)[method];
  };
}

/** A socket's URL; empty where it has none, or asking for it throws. */
export function urlOf(socket: SocketLike): string {
  try {
    return String(socket.url ?? "");
  } catch {
    return "";
  }
}

/** Of a URL what is the same in every attempt: tokens and other parameters are in its query. Empty where there is none. */
export function originAndPath(url: unknown): string {
  return String(url ?? "").split(/[?#]/, 1)[0] as string;
}

/** A socket's `readyState`; NaN, which is neither less nor more, where asking for it throws. */
export function stateOf(socket: SocketLike): number {
  try {
    return socket.readyState;
  } catch {
    return Number.NaN;
  }
}
