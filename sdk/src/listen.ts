const AHEAD = { capture: true };

/**
 * Adds an event listener, ahead of those that the page added without `capture`, also earlier: none of them can keep an event
 * from it by stopping its propagation.
 *
 * @param target undefined, or without events, where the host has no such object; then nothing is added
 * @returns removes the listener
 */
export function listen<E extends Event>(
  target: Partial<EventTarget> | undefined,
  type: string,
  listener: (event: E) => void,
): () => void {
  target?.addEventListener?.(type, listener as EventListener, AHEAD);
  return () => target?.removeEventListener?.(type, listener as EventListener, AHEAD);
}
