import { randomUUID } from "node:crypto";
import type { ClientFrame, FrameRefusal } from "@sockscope/catalog";
import type { Connection } from "@sockscope/server";

/** Frames that make the chat fail, besides those of the contract. */
type Command =
  | { readonly type: "test_close"; readonly reason: string; readonly retry_after_ms?: number }
  | { readonly type: "test_raw_close"; readonly code: number }
  | { readonly type: "test_throw" };

/** One user's connection. */
export interface Visitor {
  readonly connection: Connection;
  readonly user: string;
  /** Closes the socket past the connection. */
  readonly closeRaw: (code: number) => void;
}

/** A visitor, and the thread that he joined. */
interface Member extends Visitor {
  threadId?: string;
}

/** What a visitor's socket tells. */
export interface Visit {
  /** @param text of a frame; undefined for bytes */
  receive(text: string | undefined): void;
  leave(): void;
}

/** A chat that repeats what is said to it, and obeys commands. */
export class EchoChat {
  readonly #owners = new Map<string, string>();
  readonly #members = new Set<Member>();
  readonly #now: () => number;

  /** @param now reads the clock by which messages are timed */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Serves a user until the connection is over. */
  join(visitor: Visitor): Visit {
    const member: Member = { ...visitor };
    this.#members.add(member);
    return {
      leave: () => this.#members.delete(member),
      receive: (text) => {
        try {
          if (text === undefined) member.connection.close("unsupported_data");
          else this.#handle(member, parsed(text));
        } catch {
          member.connection.close("internal_error");
        }
      },
    };
  }

  #handle(member: Member, frame: ClientFrame | Command | undefined): void {
    switch (frame?.type) {
      case "client_hello":
        this.#rehydrate(member, frame.thread_id);
        break;
      case "chat_message":
        this.#say(member, frame.payload.text, frame.meta.message_id);
        break;
      case "ping":
        member.connection.send({ type: "pong", id: frame.id, server_time: Date.now() });
        break;
      case "test_close":
        member.connection.closeWith(frame.reason, {
          ...(frame.retry_after_ms !== undefined && { retryAfterMs: frame.retry_after_ms }),
        });
        break;
      case "test_raw_close":
        member.closeRaw(frame.code);
        break;
      case "test_throw":
        throw new Error("A command asked for it.");
      default:
        this.#refuse(member, "invalid", "This frame is none of the chat's.");
    }
  }

  #rehydrate(member: Member, threadId: string): void {
    const owner = this.#owners.get(threadId) ?? member.user;
    if (owner !== member.user) {
      member.connection.rehydrated("forbidden");
      member.connection.close("forbidden");
      return;
    }
    this.#owners.set(threadId, owner);
    member.threadId = threadId;
    member.connection.setThread(threadId);
    member.connection.send({ type: "rehydration", thread_id: threadId, rehydrated: true, recent_turns: [] });
  }

  #say({ threadId, ...member }: Member, text: string, messageId: string): void {
    if (threadId === undefined) {
      this.#refuse(member, "forbidden", "Say hello to a thread first.");
      return;
    }
    const acceptedAtMs = this.#now();
    const answer = JSON.stringify({
      type: "chat_message",
      event: "assistant_message",
      thread_id: threadId,
      payload: { text, rich: { recommendations: [], agent: "echo" } },
      meta: { in_reply_to: messageId, queued_message_id: randomUUID() },
    });
    for (const other of this.#members)
      if (other.threadId === threadId) other.connection.send(answer, { acceptedAtMs });
  }

  #refuse({ connection, threadId = "" }: Member, reason: FrameRefusal, message: string): void {
    connection.refused(reason);
    connection.send({ type: "chat_error", event: "error", payload: { message }, thread_id: threadId });
  }
}

/** The frame; undefined for what is no JSON. */
function parsed(text: string): ClientFrame | Command | undefined {
  try {
    return JSON.parse(text) as ClientFrame | Command;
  } catch {
    return undefined;
  }
}
