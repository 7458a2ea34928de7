import type { Chat } from "../chat/chat.ts";
import { refusalOf } from "../chat/chat-frames.ts";
import type { Peer } from "./peer.ts";

/** What taking frames needs from outside. */
export interface IncomingEnvironment {
  readonly chat: Chat;
  /** So many frames of one connection may wait to be answered. */
  readonly maxWaiting: number;
  /** Throws where a frame is to fail. */
  readonly mayFail: () => void;
  /** Takes what went wrong while a frame was answered. */
  readonly reportError: (error: unknown, correlationId: string) => void;
}

/** Told to a peer whose frames wait because the server is slow, in ms. */
const SLOW_RETRY_MS = 5_000;

/** Takes the frames of peers: not too many, one after the other, and what fails costs one connection only. */
export class Incoming {
  readonly #environment: IncomingEnvironment;

  constructor(environment: IncomingEnvironment) {
    this.#environment = environment;
  }

  /** A frame has come. */
  take(peer: Peer, data: Buffer, isBinary: boolean): void {
    peer.hasAnswered = true;
    if (!peer.isOpen) return;
    if (isBinary) {
      peer.end("unsupported_data");
      return;
    }
    switch (peer.budget.spend()) {
      case "taken":
        this.#answerInTurn(peer, data.toString());
        break;
      case "warned":
        this.#environment.chat.refuse(peer, refusalOf("too_many_messages"));
        break;
      case "spent":
        peer.end("rate_limited");
        break;
      case "dropped":
    }
  }

  #answerInTurn(peer: Peer, text: string): void {
    const { chat, maxWaiting, mayFail, reportError } = this.#environment;
    if (peer.waiting >= maxWaiting) {
      peer.end("overload", SLOW_RETRY_MS);
      return;
    }
    peer.waiting += 1;
    peer.work = peer.work
      .then(() => {
        if (!peer.isOpen) return;
        mayFail();
        return chat.receive(peer, text);
      })
      .catch((error) => {
        reportError(error, peer.correlationId);
        peer.end("internal_error");
      })
      .finally(() => {
        peer.waiting -= 1;
      });
  }
}
