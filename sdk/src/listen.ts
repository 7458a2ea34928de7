/**
 * Adds an event listener.
 *
 * @param target undefined, or without events, where the host has no such object; then nothing is added
 * @returns removes the listener
 */
export function listen<E extends Event>(
  target: Partial<EventTarget> | undefined,
  type: string,
  listener: (event: E) => void,
): () => void {
  target?.addEventListener?.(type, listener as EventListener);
  return () => target?.removeEventListener?.(type, listener as EventListener);
}
