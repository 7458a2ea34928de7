/** See {@link https://websockets.spec.whatwg.org/#dom-websocket-readystate | WHATWG WebSockets, readyState}. */
export const OPEN = 1;

/** As much of a `WebSocket` as is observed. */
export type SocketLike = Pick<WebSocket, "readyState" | "url" | "send" | "close"> & Partial<EventTarget>;

/**
 * Puts an own property over a method of this one socket. It calls the method underneath with the same `this` and
 * arguments, returns or throws the same, and reports a call that did not throw and had an effect: later than
 * {@link OPEN}, the browser ignores it. Neither the prototype nor any listener is touched, and no loop over the socket's
 * properties meets it.
 *
 * @param called gets the first argument; must not throw
 * @returns takes the property away again, unless someone put another over it; then it stays, as part of theirs
 * @throws TypeError when the socket takes no property
 */
export function shadow(
  socket: SocketLike,
  method: "send" | "close",
  called: (argument: unknown) => void,
): () => void {
  const theirs = Object.getOwnPropertyDescriptor(socket, method);
  const underneath = socket[method] as (...args: unknown[]) => void;
  function shadowed(this: unknown, ...args: unknown[]): unknown {
    const isReported = stateOf(socket) <= OPEN;
    const result: unknown = underneath.apply(this, args);
    if (isReported) called(args[0]);
    return result;
  }
  Object.defineProperty(socket, method, { value: shadowed, configurable: true, writable: true });
  return () => {
    if (socket[method] !== shadowed) return;
    if (theirs) Object.defineProperty(socket, method, theirs);
    else delete (socket as Partial<SocketLike>)[method];
  };
}

/** A socket's `readyState`; NaN, which is neither less nor more, where asking for it throws. */
export function stateOf(socket: SocketLike): number {
  try {
    return socket.readyState;
  } catch {
    return Number.NaN;
  }
}
