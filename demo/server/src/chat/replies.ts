import type { ServerFrame } from "@sockscope/catalog";
import type { Schedule } from "../schedule.ts";
import { isLost, type PendingReply, released, taken, withPiece, withReply } from "../threads/thread.ts";
import type { ThreadStore } from "../threads/thread-store.ts";
import { thinkTimeMs } from "./assistant.ts";
import { assistantDelta, assistantMessage, typing } from "./chat-frames.ts";
import { piecesOf } from "./pieces.ts";

/** What writing replies needs from outside. */
export interface RepliesEnvironment {
  /** Names this process; no other has the same. */
  readonly writer: string;
  readonly threads: ThreadStore;
  readonly send: (threadId: string, frame: ServerFrame, acceptedAtMs?: number) => void;
  /** Reads the clock by which messages are timed on their way to sockets. */
  readonly acceptedNow: () => number;
  readonly schedule: Schedule;
  /** As `Math.random`. */
  readonly random: () => number;
  /** The wall clock, in ms since the epoch. */
  readonly now: () => number;
  readonly reportError: (error: unknown, correlationId: string) => void;
}

/** So long a writer may be silent, in ms, before another takes over: longer than it thinks, and than clocks differ. */
export const LEASE_MS = 10_000;

/** How often it is looked after replies that nobody writes any more, in ms. */
const SWEEP_MS = 5_000;

const PIECE_MS = 80;

/** The thread is not there any more, nor the reply in it: nobody will answer the message. */
export class ReplyLostError extends Error {
  override readonly name = "ReplyLostError";
  readonly code = "DEMO_ERR_REPLY_LOST";

  constructor(threadId: string, { inReplyTo }: PendingReply) {
    super(
      `the reply to message ${inReplyTo} is lost: thread ${threadId} was forgotten; it has to be sent again`,
    );
  }
}

/** Writes the assistant's answers, those of a process that ended in the midst of it included. Each is written by one. */
export class Replies {
  readonly #environment: RepliesEnvironment;
  /** Calls off what is being written next, by the thread and the message that it answers: ids of messages are the clients' choice. */
  readonly #writing = new Map<string, { readonly threadId: string; readonly callOff: () => void }>();
  #callOffSweep: () => void = () => {};
  #isStopped = false;

  constructor(environment: RepliesEnvironment) {
    this.#environment = environment;
  }

  /** Until when a reply that begins now is its writer's. */
  lease(): number {
    return this.#environment.now() + LEASE_MS;
  }

  /** Thinks about a reply that is this process's, and then writes it. */
  begin(threadId: string, reply: PendingReply): void {
    this.#next(threadId, reply, thinkTimeMs(this.#environment.random));
  }

  /** Goes on with what nobody writes any more, now and from time to time. */
  async start(): Promise<void> {
    this.#isStopped = false;
    this.#callOffSweep = this.#environment.schedule(() => void this.start(), SWEEP_MS);
    const { threads, now, reportError, writer } = this.#environment;
    try {
      for (const threadId of await threads.abandoned(now())) {
        const replies = await threads.update(threadId, taken(writer, now(), this.lease()));
        // A process that stood still for long finds its own leases over, and goes on with them by itself.
        for (const reply of replies)
          if (!this.#writing.has(keyOf(threadId, reply))) this.#next(threadId, reply, PIECE_MS);
      }
    } catch (error) {
      reportError(error, "");
    }
  }

  /** Writes nothing more, and lets others go on. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#callOffSweep();
    const threadIds = new Set([...this.#writing.values()].map(({ threadId }) => threadId));
    for (const { callOff } of this.#writing.values()) callOff();
    this.#writing.clear();
    const { threads, writer } = this.#environment;
    await Promise.allSettled([...threadIds].map((id) => threads.update(id, released(writer))));
  }

  #next(threadId: string, reply: PendingReply, delayMs: number): void {
    if (this.#isStopped) return;
    const { schedule, reportError } = this.#environment;
    const callOff = schedule(() => {
      this.#write(threadId, reply).catch((error) => {
        // Its lease runs out, and it is begun again.
        this.#writing.delete(keyOf(threadId, reply));
        reportError(error, reply.correlationId);
      });
    }, delayMs);
    this.#writing.set(keyOf(threadId, reply), { threadId, callOff });
  }

  /** Remembered first and then sent: what was sent, a rehydration elsewhere has as well. */
  async #write(threadId: string, reply: PendingReply): Promise<void> {
    const { threads, writer, send, now, acceptedNow } = this.#environment;
    const { inReplyTo, answer, nextIndex } = reply;
    const piece = piecesOf(answer)[nextIndex];
    const acceptedAtMs = acceptedNow();
    const change =
      piece === undefined ? withReply(inReplyTo, writer) : withPiece(inReplyTo, writer, this.lease());
    if (!(await threads.update(threadId, change))) {
      this.#writing.delete(keyOf(threadId, reply));
      return this.#notMine(threadId, reply);
    }
    if (piece === undefined) {
      this.#writing.delete(keyOf(threadId, reply));
      send(threadId, assistantMessage(threadId, reply, now()), acceptedAtMs);
      send(threadId, typing(threadId, false));
    } else {
      send(threadId, assistantDelta(threadId, piece, inReplyTo, nextIndex, now()), acceptedAtMs);
      this.#next(threadId, { ...reply, nextIndex: nextIndex + 1 }, PIECE_MS);
    }
  }

  /** Another goes on with it, or nobody ever will, and then nobody shall wait. */
  async #notMine(threadId: string, reply: PendingReply): Promise<void> {
    const { threads, send, reportError } = this.#environment;
    if (!isLost(await threads.read(threadId), reply)) return;
    reportError(new ReplyLostError(threadId, reply), reply.correlationId);
    send(threadId, typing(threadId, false));
  }
}

function keyOf(threadId: string, { inReplyTo }: PendingReply): string {
  return `${threadId} ${inReplyTo}`;
}
