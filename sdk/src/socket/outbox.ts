/** What travels: a text, or binary data that is not looked into. */
export type FrameData = string | ArrayBufferLike | Blob | ArrayBufferView;

/** A frame that is on its way out. */
export interface Outgoing {
  readonly data: FrameData;
  /** Under which an answer or a rehydration names it; undefined where nothing will. */
  readonly id: string | undefined;
  /** It was sent a second time. */
  readonly isRepeated?: boolean;
}

/** Frames that wait for a connection, and those that were sent and may not have arrived. */
export interface Outbox {
  /** How many frames wait. */
  readonly size: number;
  /** Keeps a frame for the next connection. */
  add(frame: Outgoing): void;
  /** Takes the frame that waits for longest. */
  takeOldest(): Outgoing | undefined;
  /** A frame was given to a connection. */
  sent(frame: Outgoing): void;
  /** The server has the message. */
  confirm(id: string): void;
  /** Another connection begins: what was sent before, and not confirmed, may be lost. */
  doubt(): void;
  /**
   * The server has said what it has: of what may be lost, that which it has not waits again, once.
   *
   * @returns what was sent a second time already
   */
  repeat(known: readonly string[]): readonly Outgoing[];
  /** Forgets everything. */
  clear(): readonly Outgoing[];
}

/**
 * An empty outbox.
 *
 * @param limit how many sent frames are remembered until they are confirmed
 */
export function createOutbox(limit: number): Outbox {
  let waiting: Outgoing[] = [];
  const unconfirmed = new Map<string, Outgoing>();
  let doubtful: readonly Outgoing[] = [];

  function sent(frame: Outgoing): void {
    if (frame.id === undefined) return;
    unconfirmed.set(frame.id, frame);
    for (const oldest of unconfirmed.keys()) if (unconfirmed.size > limit) unconfirmed.delete(oldest);
  }

  /** In their order, before what was written later. */
  function repeat(known: readonly string[]): readonly Outgoing[] {
    const lost = doubtful.filter(({ id }) => !known.includes(id as string));
    for (const id of known) unconfirmed.delete(id);
    doubtful = [];
    const again = lost.filter(({ isRepeated }) => !isRepeated);
    waiting = [...again.map((frame) => ({ ...frame, isRepeated: true })), ...waiting];
    return lost.filter(({ isRepeated }) => isRepeated);
  }

  return {
    get size() {
      return waiting.length;
    },
    add: (frame) => void waiting.push(frame),
    takeOldest: () => waiting.shift(),
    sent,
    confirm: (id) => {
      unconfirmed.delete(id);
      doubtful = doubtful.filter((frame) => frame.id !== id);
    },
    doubt: () => {
      doubtful = [...doubtful, ...unconfirmed.values()].slice(-limit);
      unconfirmed.clear();
    },
    repeat,
    clear: () => {
      const all = waiting;
      waiting = [];
      doubtful = [];
      unconfirmed.clear();
      return all;
    },
  };
}
