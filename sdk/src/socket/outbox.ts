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

/** A frame that was sent and not confirmed. */
interface Unconfirmed extends Outgoing {
  readonly sentAt: number;
  /** How many pings had gone out before it. */
  readonly pingsBefore: number;
}

/** So long after it was sent a frame is taken to have arrived, in ms, though nothing says so: the connection lived on. */
export const DOUBTFUL_MS = 60_000;

/** How many sent frames are remembered until they are confirmed. */
const MAX_UNCONFIRMED = 1_000;

/** Hands a frame to a connection; false where that does not take it. */
export type Hand = (data: FrameData, isRepeated?: boolean) => boolean;

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
  /** The server has answered a ping, so it has everything that was sent before that. */
  confirmBefore(ping: number): void;
  /** A connection has ended: what was sent into it lately, and not confirmed, may be lost. */
  doubt(): void;
  /** The server has said what it has: of what may be lost, that which it has not waits again, once. */
  repeat(known: readonly string[]): void;
  /** The application has closed the socket: nothing waits any more. */
  clear(): void;
}

/** What an outbox is made with. */
export interface OutboxContext {
  /** How many frames wait at the most. */
  readonly limit: number;
  readonly now: () => number;
  /** How many pings have gone out. */
  readonly pings: () => number;
  /** Whether the oldest frame makes room for one more; otherwise that is refused. */
  readonly dropsOldest: boolean;
  /** Gets what was taken and does not go out any more. */
  readonly dropped: (why: "overflow" | "unconfirmed" | "closed", data: FrameData) => void;
}

/** An empty outbox. */
export function createOutbox({ limit, dropsOldest, dropped, now, pings }: OutboxContext): Outbox {
  let waiting: Outgoing[] = [];
  const unconfirmed = new Map<string, Unconfirmed>();
  let doubtful: readonly Outgoing[] = [];

  function send(frame: unknown, hand: Hand | undefined, mayWait: boolean): SendOutcome {
    const outgoing = {
      data: dataOf(frame),
      id: messageId(typeof frame === "string" ? parsed(frame) : frame),
    };
    // A socket that once refused a frame may take it now.
    if (hand) flush(hand);
    if (hand && waiting.length === 0 && handed(outgoing, hand)) return "sent";
    return mayWait ? wait(outgoing) : "dropped";
  }

  function flush(hand: Hand): void {
    waiting = waiting.filter((frame) => !handed(frame, hand));
  }

  function handed(frame: Outgoing, hand: Hand): boolean {
    const isSent = hand(frame.data, frame.isRepeated);
    if (isSent && frame.id !== undefined)
      unconfirmed.set(frame.id, { ...frame, sentAt: now(), pingsBefore: pings() });
    for (const [id, { data }] of unconfirmed) {
      if (unconfirmed.size <= MAX_UNCONFIRMED) break;
      unconfirmed.delete(id);
      dropped("unconfirmed", data);
    }
    return isSent;
  }

  function wait(frame: Outgoing): SendOutcome {
    const isFull = waiting.length >= limit;
    const oldest = isFull && dropsOldest ? waiting.shift() : undefined;
    if (isFull && !oldest) return "dropped";
    waiting.push(frame);
    // Last: who is told may send again.
    if (oldest) dropped("overflow", oldest.data);
    return "queued";
  }

  /** In their order, before what was written later. */
  function repeat(known: readonly string[]): void {
    const lost = doubtful.filter(({ id }) => !known.includes(id as string));
    for (const id of known) unconfirmed.delete(id);
    doubtful = [];
    const again = lost.filter(({ isRepeated }) => !isRepeated);
    waiting = [...again.map(({ data, id }) => ({ data, id, isRepeated: true })), ...waiting];
    for (const { data, isRepeated } of lost) if (isRepeated) dropped("unconfirmed", data);
  }

  return {
    send,
    flush,
    confirm: (id) => {
      unconfirmed.delete(id);
      doubtful = doubtful.filter((frame) => frame.id !== id);
    },
    confirmBefore: (ping) => {
      for (const [id, { pingsBefore }] of unconfirmed) if (pingsBefore < ping) unconfirmed.delete(id);
    },
    doubt: () => {
      const lately = [...unconfirmed.values()].filter(({ sentAt }) => now() - sentAt < DOUBTFUL_MS);
      doubtful = [...doubtful, ...lately];
      unconfirmed.clear();
      for (const { data } of doubtful.slice(0, -MAX_UNCONFIRMED)) dropped("unconfirmed", data);
      doubtful = doubtful.slice(-MAX_UNCONFIRMED);
    },
    repeat,
    clear: () => {
      const left = waiting;
      const lost = doubtful;
      waiting = [];
      doubtful = [];
      unconfirmed.clear();
      for (const { data } of lost) dropped("unconfirmed", data);
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
