import type { PendingReply } from "@sockscope/catalog";

/** The answers that are still thought about, by thread and by the message that they answer. */
export class PendingReplies {
  readonly #threads = new Map<string, Map<string, () => void>>();

  /** @param callOff ends the thinking */
  add(threadId: string, messageId: string, callOff: () => void): void {
    const thread = this.#threads.get(threadId) ?? new Map();
    this.#threads.set(threadId, thread.set(messageId, callOff));
  }

  delete(threadId: string, messageId: string): void {
    const thread = this.#threads.get(threadId);
    thread?.delete(messageId);
    if (thread?.size === 0) this.#threads.delete(threadId);
  }

  /** As a rehydration lists them. This assistant says everything at once, so none has a text yet. */
  of(threadId: string): readonly PendingReply[] {
    const ids = this.#threads.get(threadId)?.keys() ?? [];
    return Array.from(ids, (in_reply_to) => ({ in_reply_to, text: "", next_index: 0 }));
  }

  /** Ends all thinking. */
  callOff(): void {
    for (const thread of this.#threads.values()) for (const callOff of thread.values()) callOff();
    this.#threads.clear();
  }
}
