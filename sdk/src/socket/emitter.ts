import { tried } from "./report.ts";

/** Tells listeners of events, in the order in which they happened. */
export interface Emitter<Events> {
  on<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): () => void;
  emit<Type extends keyof Events>(type: Type, event: Events[Type]): void;
}

/**
 * Without listeners. What one of them causes comes after what all of them are told first, and what one of them throws is the
 * page's to see, and keeps nobody from being told.
 */
export function createEmitter<Events>(): Emitter<Events> {
  const listeners = new Map<keyof Events, Set<(event: never) => void>>();
  const pending: (() => void)[] = [];
  let isTelling = false;

  function tell(type: keyof Events, event: unknown): void {
    for (const listener of [...(listeners.get(type) ?? [])]) tried(() => listener(event as never));
  }

  return {
    on: (type, listener) => {
      // Of its own, so that whoever adds a function twice is told twice, and takes each back.
      const own = (event: never): void => listener(event);
      const all = listeners.get(type) ?? new Set();
      listeners.set(type, all.add(own));
      return () => void all.delete(own);
    },
    emit: (type, event) => {
      pending.push(() => tell(type, event));
      if (isTelling) return;
      isTelling = true;
      for (let next = pending.shift(); next; next = pending.shift()) next();
      isTelling = false;
    },
  };
}
