/** See {@link https://websockets.spec.whatwg.org/#dom-websocket-readystate | WHATWG WebSockets, readyState}. */
export const OPEN = 1;

/**
 * Puts an own property over a method of this one socket. It calls the method underneath with the same `this` and
 * arguments, returns or throws the same, and reports a call that did not throw and had an effect: later than
 * {@link OPEN}, the browser ignores it. Neither the prototype nor any listener is touched.
 *
 * @param called gets the first argument; must not throw
 * @returns takes the property away again, unless someone put another over it; then it stays, as part of theirs
 */
export function shadow(
  socket: WebSocket,
  method: "send" | "close",
  called: (argument: unknown) => void,
): () => void {
  const isTheirs = Object.hasOwn(socket, method);
  const underneath = socket[method] as (...args: unknown[]) => void;
  function shadowed(this: unknown, ...args: unknown[]): unknown {
    const isReported = socket.readyState <= OPEN;
    const result: unknown = underneath.apply(this, args);
    if (isReported) called(args[0]);
    return result;
  }
  socket[method] = shadowed;
  return () => {
    if (socket[method] !== shadowed) return;
    if (isTheirs) socket[method] = underneath;
    else delete (socket as Partial<WebSocket>)[method];
  };
}
