import { randomUUID } from "node:crypto";
import type { AssistantMessageFrame, Catalog, ClientFrame, ServerFrame } from "@sockscope/catalog";
import type { Connection } from "@sockscope/server";
import { assistantReply, thinkTimeMs } from "./assistant.ts";
import { parseClientFrame } from "./client-frame.ts";
import { deliver, Groups } from "./groups.ts";
import type { Schedule } from "./schedule.ts";
import { ThreadMemory } from "./thread-memory.ts";

type UserMessage = Extract<ClientFrame, { type: "chat_message" }>;

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
  readonly #thinking = new Set<() => void>();

  constructor(environment: ChatEnvironment) {
    this.#environment = environment;
  }

  /** Answers one text frame. */
  receive(participant: Participant, text: string): void {
    const frame = parseClientFrame(text);
    switch (frame?.type) {
      case undefined:
        this.#refuse(participant, "This is not a frame of the chat; see the frames in its contract.");
        break;
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

  /** The connection is gone. */
  leave(participant: Participant): void {
    if (participant.threadId !== undefined) this.#groups.leave(participant.threadId, participant.connection);
  }

  /** Forgets the replies that are still being thought about. */
  stop(): void {
    for (const callOff of this.#thinking) callOff();
    this.#thinking.clear();
  }

  #join(participant: Participant, threadId: string): void {
    this.leave(participant);
    participant.threadId = threadId;
    participant.connection.setThread(threadId);
    this.#groups.join(threadId, participant.connection);
    deliver(participant.connection, this.#memory.rehydration(threadId));
  }

  #userMessage(participant: Participant, frame: UserMessage): void {
    const problem = problemWith(participant, frame);
    if (problem !== undefined) {
      this.#refuse(participant, problem);
      return;
    }
    const { thread_id, payload, meta } = frame;
    // A client that reconnected may send again what had arrived; it is answered once.
    if (!this.#memory.add(thread_id, { role: "user", text: payload.text, message_id: meta.message_id }))
      return;
    this.#groups.send(thread_id, typing(thread_id, true));
    this.#think(participant, frame);
  }

  #think(participant: Participant, frame: UserMessage): void {
    const { schedule, random } = this.#environment;
    participant.pendingReplies += 1;
    const callOff = schedule(() => {
      this.#thinking.delete(callOff);
      participant.pendingReplies -= 1;
      this.#reply(participant.connection.correlationId, frame);
    }, thinkTimeMs(random));
    this.#thinking.add(callOff);
  }

  #reply(correlationId: string, { thread_id, payload, meta }: UserMessage): void {
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

  #refuse({ connection, threadId }: Participant, message: string): void {
    deliver(connection, {
      type: "chat_error",
      event: "error",
      payload: { message },
      thread_id: threadId ?? "",
    });
  }
}

function problemWith(participant: Participant, frame: UserMessage): string | undefined {
  if (frame.thread_id !== participant.threadId)
    return "The message is for another thread; say hello to that thread first.";
  if (participant.pendingReplies >= MAX_PENDING_REPLIES)
    return "Too many messages at once; wait for a reply, then send it again.";
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
