import { messageId, parsed } from "./frame-fields.ts";

/** What travels: a text, or binary data that is not looked into. */
export type FrameData = string | ArrayBufferLike | Blob | ArrayBufferView;

/**
 * What became of a frame: `sent` it was handed to the connection; `queued` it waits for one; `dropped` it is gone, since the
 * outbox is full or the socket does not come back by itself.
 */
export type SendOutcome = "sent" | "queued" | "dropped";

/** A frame that is on its way out. */
interface Outgoing {
  readonly data: FrameData;
  /** Under which an answer or a rehydration names it; undefined where nothing will. */
  readonly id: string | undefined;
  /** It was sent a second time. */
  readonly isRepeated?: boolean;
}

/** Hands a frame to a connection; false where that does not take it. */
export type Hand = (data: FrameData) => boolean;

/** Frames that wait for a connection, and those that were sent and may not have arrived. */
export interface Outbox {
  /**
   * Sends a frame after all that wait, or has it wait with them.
   *
   * @param hand undefined where there is no connection that takes any
   * @param mayWait whether a connection will come by itself
   * @throws TypeError for what JSON cannot say
   */
  send(frame: unknown, hand: Hand | undefined, mayWait: boolean): SendOutcome;
  /** Sends what waits, in its order; where the connection ends meanwhile, the rest waits for the next one. */
  flush(hand: Hand): void;
  /** The server has the message. */
  confirm(id: string): void;
  /** Another connection begins: what was sent before, and not confirmed, may be lost. */
  doubt(): void;
  /** The server has said what it has: of what may be lost, that which it has not waits again, once. */
  repeat(known: readonly string[]): void;
  /** The application has closed the socket: nothing waits any more. */
  clear(): void;
}

/** What an outbox is made with. */
export interface OutboxContext {
  /** How many frames wait at the most, and how many sent ones are remembered until they are confirmed. */
  readonly limit: number;
  /** Whether the oldest frame makes room for one more; otherwise that is refused. */
  readonly dropsOldest: boolean;
  /** Gets what was taken and does not go out any more. */
  readonly dropped: (why: "overflow" | "unconfirmed" | "closed", data: FrameData) => void;
}

/** An empty outbox. */
export function createOutbox({ limit, dropsOldest, dropped }: OutboxContext): Outbox {
  let waiting: Outgoing[] = [];
  const unconfirmed = new Map<string, Outgoing>();
  let doubtful: readonly Outgoing[] = [];

  function send(frame: unknown, hand: Hand | undefined, mayWait: boolean): SendOutcome {
    const outgoing = {
      data: dataOf(frame),
      id: messageId(typeof frame === "string" ? parsed(frame) : frame),
    };
    if (hand && waiting.length === 0 && handed(outgoing, hand)) return "sent";
    return mayWait ? wait(outgoing) : "dropped";
  }

  function handed(frame: Outgoing, hand: Hand): boolean {
    const isSent = hand(frame.data);
    if (isSent && frame.id !== undefined) unconfirmed.set(frame.id, frame);
    for (const oldest of unconfirmed.keys()) if (unconfirmed.size > limit) unconfirmed.delete(oldest);
    return isSent;
  }

  function wait(frame: Outgoing): SendOutcome {
    if (waiting.length >= limit) {
      const oldest = dropsOldest ? waiting.shift() : undefined;
      if (!oldest) return "dropped";
      dropped("overflow", oldest.data);
    }
    waiting.push(frame);
    return "queued";
  }

  /** In their order, before what was written later. */
  function repeat(known: readonly string[]): void {
    const lost = doubtful.filter(({ id }) => !known.includes(id as string));
    for (const id of known) unconfirmed.delete(id);
    doubtful = [];
    const again = lost.filter(({ isRepeated }) => !isRepeated);
    waiting = [...again.map((frame) => ({ ...frame, isRepeated: true })), ...waiting];
    for (const { data, isRepeated } of lost) if (isRepeated) dropped("unconfirmed", data);
  }

  return {
    send,
    flush: (hand) => {
      waiting = waiting.filter((frame) => !handed(frame, hand));
    },
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
      const left = waiting;
      waiting = [];
      doubtful = [];
      unconfirmed.clear();
      for (const { data } of left) dropped("closed", data);
    },
  };
}

/**
 * A frame as it travels: an object as JSON.
 *
 * @throws TypeError for what JSON cannot say
 */
export function dataOf(frame: unknown): FrameData {
  const isData = typeof frame === "string" || frame instanceof ArrayBuffer || ArrayBuffer.isView(frame);
  if (isData || (typeof Blob === "function" && frame instanceof Blob)) return frame;
  const text = JSON.stringify(frame) as string | undefined;
  if (text === undefined) throw new TypeError(`A ${typeof frame} cannot be sent: JSON has nothing for it.`);
  return text;
}
