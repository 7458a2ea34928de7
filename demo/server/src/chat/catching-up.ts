import type { ServerFrame } from "@sockscope/catalog";
import type { Groups } from "../groups/groups.ts";
import type { Missed, Relay } from "../groups/relay.ts";
import { rehydration } from "../threads/rehydration.ts";
import type { ThreadStore } from "../threads/thread-store.ts";
import { typing } from "./chat-frames.ts";

/** What catching up needs from outside. */
export interface CatchingUpEnvironment {
  readonly threads: ThreadStore;
  readonly groups: Groups;
  /** Undefined where a process is alone, and misses nothing. */
  readonly relay: Relay | undefined;
  readonly reportError: (error: unknown, correlationId: string) => void;
}

/**
 * Tells members where their thread is, once more, whenever they may not have been told something: their connection lasted, so they
 * would not ask.
 */
export function catchUpAfterOutages({ threads, groups, relay, reportError }: CatchingUpEnvironment): void {
  async function position(threadId: string): Promise<readonly ServerFrame[]> {
    const thread = await threads.read(threadId);
    return [rehydration(threadId, thread), typing(threadId, thread.pendingReplies.length > 0)];
  }

  /** One after the other: a Redis that has just come back has enough to do. */
  async function catchUp({ here, elsewhere }: Missed): Promise<void> {
    for (const threadId of here)
      for (const frame of await position(threadId)) groups.sendHere(threadId, frame);
    for (const threadId of elsewhere)
      for (const frame of await position(threadId)) groups.sendElsewhere(threadId, frame);
  }

  relay?.onBack((missed) => void catchUp(missed).catch((error) => reportError(error, "")));
}
