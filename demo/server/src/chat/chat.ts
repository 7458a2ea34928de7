import { randomUUID } from "node:crypto";
import type { Catalog, UserMessageFrame } from "@sockscope/catalog";
import { type ChatFrame, type Refusal, readClientFrame } from "../frames/client-frame.ts";
import type { Groups } from "../groups/groups.ts";
import type { ChatLimits } from "../limits/chat-limits.ts";
import { NewThreads } from "../limits/new-threads.ts";
import { ThreadsFullError } from "../threads/memory-threads.ts";
import { rehydration } from "../threads/rehydration.ts";
import { isNew, type MessageOutcome, type PendingReply, withMessage } from "../threads/thread.ts";
import type { ThreadStore } from "../threads/thread-store.ts";
import { assistantReply } from "./assistant.ts";
import { chatError, refusalOf, typing } from "./chat-frames.ts";
import type { Participant } from "./participant.ts";
import type { Replies } from "./replies.ts";

/** What the chat needs from outside. */
export interface ChatEnvironment {
  /** Names this process; no other has the same. */
  readonly writer: string;
  readonly groups: Groups;
  readonly threads: ThreadStore;
  readonly replies: Replies;
  readonly limits: ChatLimits;
  /** As `Math.random`. */
  readonly random: () => number;
  /** The wall clock, in ms since the epoch. */
  readonly now: () => number;
  /** The close codes that the assistant knows. */
  readonly catalog: Catalog;
  readonly reportError: (error: unknown, correlationId: string) => void;
}

/** What the chat does with a frame. A thread's id is its invitation: whoever says hello with it is in. */
export class Chat {
  readonly #environment: ChatEnvironment;
  readonly #newThreads: NewThreads;

  constructor(environment: ChatEnvironment) {
    this.#environment = environment;
    this.#newThreads = new NewThreads(environment.limits.newThreadsPerMinute, environment.now);
  }

  /** Answers one text frame; the next one of the same participant has to wait for it. Rejects when that fails. */
  async receive(participant: Participant, text: string): Promise<void> {
    const read = readClientFrame(text);
    if ("refusal" in read) this.refuse(participant, read.refusal);
    else await this.#answer(participant, read.frame);
  }

  /** The connection is gone. */
  leave(participant: Participant): void {
    if (participant.threadId !== undefined) this.#environment.groups.leave(participant.threadId, participant);
  }

  /** Says why the chat does not do what a frame asks for. */
  refuse(participant: Participant, refusal: Refusal): void {
    participant.refused(refusal.code);
    participant.send(chatError(participant.threadId ?? "", refusal));
  }

  async #answer(participant: Participant, frame: ChatFrame): Promise<void> {
    switch (frame.type) {
      case "client_hello":
        await this.#join(participant, frame.thread_id);
        break;
      case "chat_message":
        await this.#userMessage(participant, frame);
        break;
      case "ping":
        participant.send({ type: "pong", id: frame.id, server_time: this.#environment.now() });
        break;
      case "feedback":
        participant.send({
          type: "feedback_noted",
          thread_id: frame.thread_id,
          message_id: frame.message_id,
        });
    }
  }

  async #join(participant: Participant, threadId: string): Promise<void> {
    const { groups, limits } = this.#environment;
    if (participant.greeted.size >= limits.maxThreadsPerConnection && !participant.greeted.has(threadId))
      return this.refuse(participant, refusalOf("too_many_messages"));
    participant.greeted.add(threadId);
    this.leave(participant);
    participant.threadId = threadId;
    participant.setThread(threadId);
    // Before it is read: a piece that comes meanwhile is told twice rather than never.
    groups.join(threadId, participant);
    await this.#rehydrate(participant, threadId);
  }

  /** Where nothing can be said of the thread, an empty one would be a lie: a client would send again what had arrived. */
  async #rehydrate(participant: Participant, threadId: string): Promise<void> {
    const { threads, reportError } = this.#environment;
    try {
      participant.send(rehydration(threadId, await threads.read(threadId)));
    } catch (error) {
      reportError(error, participant.correlationId);
      participant.rehydrationFailed();
      this.refuse(participant, refusalOf("internal"));
    }
  }

  async #userMessage(participant: Participant, frame: UserMessageFrame): Promise<void> {
    const { groups, replies } = this.#environment;
    const { thread_id, meta } = frame;
    if (thread_id !== participant.threadId)
      return this.refuse(participant, refusalOf("wrong_thread", meta.message_id));
    const reply = this.#replyTo(frame, participant.correlationId);
    const outcome = await this.#remember(participant, frame, reply);
    if (outcome === "too_many")
      return this.refuse(participant, refusalOf("too_many_messages", meta.message_id));
    // A client that reconnected may send again what had arrived; it is answered once.
    if (outcome === "known") return;
    replies.begin(thread_id, reply);
    groups.send(thread_id, typing(thread_id, true));
  }

  /** Takes a message in, unless that would begin a thread for which there is no room, or which is one too many of this user's. */
  async #remember(
    { user = "" }: Participant,
    { thread_id, payload, meta }: UserMessageFrame,
    reply: PendingReply,
  ): Promise<MessageOutcome> {
    const { threads, limits } = this.#environment;
    const turn = { role: "user", text: payload.text, message_id: meta.message_id } as const;
    const added = withMessage(turn, reply, limits.maxPendingReplies);
    let begins = false;
    try {
      const outcome = await threads.update<MessageOutcome>(thread_id, (thread) => {
        begins = isNew(thread);
        return begins && !this.#newThreads.mayBegin(user) ? [thread, "too_many"] : added(thread);
      });
      if (begins && outcome === "added") this.#newThreads.begun(user);
      return outcome;
    } catch (error) {
      if (error instanceof ThreadsFullError) return "too_many";
      throw error;
    }
  }

  #replyTo({ payload, meta }: UserMessageFrame, correlationId: string): PendingReply {
    const { random, catalog, writer, replies } = this.#environment;
    return {
      inReplyTo: meta.message_id,
      answer: assistantReply(payload.text, random, catalog),
      queuedMessageId: randomUUID(),
      correlationId,
      nextIndex: 0,
      writer,
      leaseUntilMs: replies.lease(),
    };
  }
}
