import type { Duplex } from "node:stream";
import type { ChatErrorCode, FrameRefusal, ServerCloseReason, ServerFrame } from "@sockscope/catalog";
import type { Connection } from "@sockscope/server";
import type { WebSocket } from "ws";
import type { Participant } from "../chat/participant.ts";
import type { FeedbackNotedFrame } from "../frames/feedback.ts";
import type { FrameBudget } from "../limits/frame-budget.ts";
import type { Schedule } from "../schedule.ts";
import type { Session } from "../session/session-tokens.ts";

/** Why this demo closes a connection: the product's reasons, and its own. */
export type DemoCloseReason = ServerCloseReason | "signed_in_elsewhere";

/** What a peer is made of. */
export interface PeerParts {
  readonly socket: WebSocket;
  /** What the socket writes to. */
  readonly stream: Duplex;
  readonly connection: Connection;
  /** Undefined for a peer that nobody knows. */
  readonly session: Session | undefined;
  readonly budget: FrameBudget;
  readonly schedule: Schedule;
}

/** How each error counts among the frames that were refused. */
const REFUSALS: Readonly<Record<ChatErrorCode, FrameRefusal>> = {
  invalid_frame: "invalid",
  message_too_long: "invalid",
  too_many_messages: "too_many",
  wrong_thread: "forbidden",
  internal: "other",
};

/** How long a peer has to answer a close frame, in ms. */
const CLOSE_GRACE_MS = 1_000;

/** One open connection: what the chat says to it and how it ends. */
export class Peer implements Participant {
  threadId: string | undefined;
  readonly greeted: Set<string> = new Set();
  /** Whether anything came since it was last asked. */
  hasAnswered = true;
  /** Frames that wait until those before them are answered, and when that is. */
  waiting = 0;
  work: Promise<void> = Promise.resolve();
  readonly socket: WebSocket;
  readonly stream: Duplex;
  readonly session: Session | undefined;
  readonly budget: FrameBudget;
  readonly #connection: Connection;
  readonly #schedule: Schedule;

  constructor({ socket, stream, connection, session, budget, schedule }: PeerParts) {
    this.socket = socket;
    this.stream = stream;
    this.session = session;
    this.budget = budget;
    this.#connection = connection;
    this.#schedule = schedule;
  }

  get correlationId(): string {
    return this.#connection.correlationId;
  }

  get user(): string | undefined {
    return this.session?.user;
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  setThread(threadId: string): void {
    this.#connection.setThread(threadId);
  }

  send(frame: ServerFrame | FeedbackNotedFrame | string, acceptedAtMs?: number): void {
    const wasOpen = this.isOpen;
    this.#connection.send(frame, acceptedAtMs === undefined ? {} : { acceptedAtMs });
    // A peer that does not read was closed for it, and will not answer.
    if (wasOpen && !this.isOpen) this.#cutSoon();
  }

  refused(code: ChatErrorCode): void {
    this.#connection.refused(REFUSALS[code]);
  }

  rehydrationFailed(): void {
    this.#connection.rehydrated("failed");
  }

  /**
   * Closes the connection. A peer that is gone cannot answer the close frame, and one that does not read will not: nobody waits
   * for either for long.
   *
   * @param retryAfterMs when the client is to come back, where the server knows better than the client
   */
  end(reason: DemoCloseReason, retryAfterMs?: number): void {
    if (!this.isOpen) return;
    this.#connection.closeWith(reason, retryAfterMs === undefined ? {} : { retryAfterMs });
    this.#cutSoon();
  }

  #cutSoon(): void {
    const callOff = this.#schedule(() => this.#connection.terminate(), CLOSE_GRACE_MS);
    this.socket.once("close", callOff);
  }
}
