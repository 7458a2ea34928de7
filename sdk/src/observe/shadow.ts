/**
 * Puts an own property over a method of this one socket. It calls the method underneath with the same `this` and
 * arguments, returns or throws the same, and reports a call that did not throw. Neither the prototype nor any listener is
 * touched.
 *
 * @param called gets the `readyState` from before the call; must not throw
 * @returns takes the property away again, unless someone put another over it; then it stays, as part of theirs
 */
export function shadow(
  socket: WebSocket,
  method: "send" | "close",
  called: (readyState: number, args: readonly unknown[]) => void,
): () => void {
  const underneath = Object.getOwnPropertyDescriptor(socket, method);
  const original = socket[method] as (...args: unknown[]) => unknown;
  function shadowed(this: unknown, ...args: unknown[]): unknown {
    const { readyState } = socket;
    const result = original.apply(this, args);
    called(readyState, args);
    return result;
  }
  Object.defineProperty(socket, method, { value: shadowed, configurable: true, writable: true });
  return () => {
    if (socket[method] !== shadowed) return;
    if (underneath) Object.defineProperty(socket, method, underneath);
    else Reflect.deleteProperty(socket, method);
  };
}
