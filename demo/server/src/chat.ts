import { randomUUID } from "node:crypto";
import type {
  AssistantMessageFrame,
  Catalog,
  RehydrationFrame,
  ServerFrame,
  UserMessageFrame,
} from "@sockscope/catalog";
import type { Connection } from "@sockscope/server";
import { assistantReply, thinkTimeMs } from "./assistant.ts";
import { type ChatFrame, type Refusal, readClientFrame } from "./client-frame.ts";
import { deliver, Groups } from "./groups.ts";
import { PendingReplies } from "./pending-replies.ts";
import type { Schedule } from "./schedule.ts";
import { ThreadMemory } from "./thread-memory.ts";

/** One connection in the chat. */
export interface Participant {
  readonly connection: Connection;
  /** The thread of the last hello; undefined before the first. */
  threadId: string | undefined;
  /** Messages of this connection that wait for their reply. */
  pendingReplies: number;
}

/** What the chat needs from outside. */
export interface ChatEnvironment {
  readonly schedule: Schedule;
  /** As `Math.random`. */
  readonly random: () => number;
  /** The close codes that the assistant knows. */
  readonly catalog: Catalog;
}

const LIMITS = { maxThreads: 1000, maxTurns: 50 };
const MAX_PENDING_REPLIES = 8;

/** What the chat does with a frame. A thread's id is its invitation: whoever says hello with it is in. */
export class Chat {
  readonly #environment: ChatEnvironment;
  readonly #memory = new ThreadMemory(LIMITS);
  readonly #groups = new Groups();
  readonly #pending = new PendingReplies();

  constructor(environment: ChatEnvironment) {
    this.#environment = environment;
  }

  /** Answers one text frame. */
  receive(participant: Participant, text: string): void {
    const read = readClientFrame(text);
    if ("refusal" in read) this.#refuse(participant, read.refusal);
    else this.#answer(participant, read.frame);
  }

  /** The connection is gone. */
  leave(participant: Participant): void {
    if (participant.threadId !== undefined) this.#groups.leave(participant.threadId, participant.connection);
  }

  /** Forgets the replies that are still being thought about. */
  stop(): void {
    this.#pending.callOff();
  }

  #answer(participant: Participant, frame: ChatFrame): void {
    switch (frame.type) {
      case "client_hello":
        this.#join(participant, frame.thread_id);
        break;
      case "chat_message":
        this.#userMessage(participant, frame);
        break;
      case "ping":
        deliver(participant.connection, { type: "pong", id: frame.id, server_time: Date.now() });
        break;
      case "feedback":
        deliver(participant.connection, {
          type: "feedback_noted",
          thread_id: frame.thread_id,
          message_id: frame.message_id,
        });
    }
  }

  #join(participant: Participant, threadId: string): void {
    this.leave(participant);
    participant.threadId = threadId;
    participant.connection.setThread(threadId);
    this.#groups.join(threadId, participant.connection);
    deliver(participant.connection, this.#rehydration(threadId));
  }

  #rehydration(threadId: string): RehydrationFrame {
    return { ...this.#memory.rehydration(threadId), pending_replies: this.#pending.of(threadId) };
  }

  #userMessage(participant: Participant, frame: UserMessageFrame): void {
    const refusal = refusalOf(participant, frame);
    if (refusal !== undefined) {
      this.#refuse(participant, refusal);
      return;
    }
    const { thread_id, payload, meta } = frame;
    // A client that reconnected may send again what had arrived; it is answered once.
    if (!this.#memory.add(thread_id, { role: "user", text: payload.text, message_id: meta.message_id }))
      return;
    this.#groups.send(thread_id, typing(thread_id, true));
    this.#think(participant, frame);
  }

  #think(participant: Participant, frame: UserMessageFrame): void {
    const { schedule, random } = this.#environment;
    const { thread_id, meta } = frame;
    participant.pendingReplies += 1;
    const callOff = schedule(() => {
      this.#pending.delete(thread_id, meta.message_id);
      participant.pendingReplies -= 1;
      this.#reply(participant.connection.correlationId, frame);
    }, thinkTimeMs(random));
    this.#pending.add(thread_id, meta.message_id, callOff);
  }

  #reply(correlationId: string, { thread_id, payload, meta }: UserMessageFrame): void {
    const text = assistantReply(payload.text, this.#environment.random, this.#environment.catalog);
    const reply = assistantMessage(thread_id, text, meta.message_id, correlationId);
    this.#memory.add(thread_id, {
      role: "assistant",
      text: reply.payload.text,
      message_id: reply.meta.queued_message_id,
    });
    this.#groups.send(thread_id, reply);
    this.#groups.send(thread_id, typing(thread_id, false));
  }

  #refuse({ connection, threadId }: Participant, { code, message, inReplyTo }: Refusal): void {
    deliver(connection, {
      type: "chat_error",
      event: "error",
      payload: { message, code },
      thread_id: threadId ?? "",
      ...(inReplyTo !== undefined && { meta: { in_reply_to: inReplyTo } }),
    });
  }
}

function refusalOf(participant: Participant, { thread_id, meta }: UserMessageFrame): Refusal | undefined {
  const inReplyTo = meta.message_id;
  if (thread_id !== participant.threadId) {
    const message = "The message is for another thread; say hello to that thread first.";
    return { code: "wrong_thread", message, inReplyTo };
  }
  if (participant.pendingReplies >= MAX_PENDING_REPLIES) {
    const message = "Too many messages at once; wait for a reply, then send it again.";
    return { code: "too_many_messages", message, inReplyTo };
  }
  return undefined;
}

function typing(threadId: string, value: boolean): ServerFrame {
  return { type: "chat_status", event: "typing", value, thread_id: threadId };
}

function assistantMessage(
  threadId: string,
  text: string,
  inReplyTo: string,
  correlationId: string,
): AssistantMessageFrame {
  return {
    type: "chat_message",
    event: "assistant_message",
    thread_id: threadId,
    payload: { text, rich: { recommendations: [], agent: "demo" } },
    meta: {
      in_reply_to: inReplyTo,
      queued_message_id: randomUUID(),
      traces: { memory: {}, correlation_id: correlationId },
      sent_at: Date.now(),
    },
  };
}
