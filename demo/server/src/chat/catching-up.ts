import type { RehydrationFrame } from "@sockscope/catalog";
import type { Groups } from "../groups/groups.ts";
import type { Missed, Relay } from "../groups/relay.ts";
import { rehydration } from "../threads/rehydration.ts";
import type { ThreadStore } from "../threads/thread-store.ts";

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
  async function position(threadId: string): Promise<RehydrationFrame> {
    return rehydration(threadId, await threads.read(threadId));
  }

  /** One after the other: a Redis that has just come back has enough to do. */
  async function catchUp({ here, elsewhere }: Missed): Promise<void> {
    for (const threadId of here) groups.sendHere(threadId, await position(threadId));
    for (const threadId of elsewhere) groups.sendElsewhere(threadId, await position(threadId));
  }

  relay?.onBack((missed) => void catchUp(missed).catch((error) => reportError(error, "")));
}
