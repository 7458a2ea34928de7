import { THREAD_ID } from "@sockscope/catalog";

/** A longer id would make a scrape long, and only its owner needs to read it. */
const LONGEST_THREAD_ID = 128;

/** Open connections of one thread on one route. */
export interface ThreadConnections {
  readonly route: string;
  /** Undefined for connections of no thread, and of threads that do not count by name. */
  readonly threadId: string | undefined;
  readonly connections: number;
}

/** Adds up, and keeps the names of as many threads as the catalog allows: those with the most connections, on all routes. */
export function busiestThreads(all: readonly ThreadConnections[]): readonly ThreadConnections[] {
  const named = busiest(all);
  const sums = new Map<string, ThreadConnections>();
  for (const { route, threadId, connections } of all) {
    const kept = threadId !== undefined && named.has(threadId) ? threadId : undefined;
    const key = JSON.stringify([route, kept]);
    const before = sums.get(key)?.connections ?? 0;
    sums.set(key, { route, threadId: kept, connections: before + connections });
  }
  return [...sums.values()];
}

function busiest(all: readonly ThreadConnections[]): ReadonlySet<string> {
  const sums = new Map<string, number>();
  for (const { threadId, connections } of all) {
    if (threadId === undefined || threadId === THREAD_ID.other || threadId.length > LONGEST_THREAD_ID)
      continue;
    sums.set(threadId, (sums.get(threadId) ?? 0) + connections);
  }
  // By name where they are equal, so that two scrapes of the same connections agree.
  const inOrder = [...sums].sort(([a, more], [b, fewer]) => fewer - more || (a < b ? -1 : 1));
  return new Set(inOrder.slice(0, THREAD_ID.top).map(([threadId]) => threadId));
}
