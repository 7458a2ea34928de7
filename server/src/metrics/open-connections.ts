import { ROUTE, SERVER_CONNECTION_AGE, THREAD_ID } from "@sockscope/catalog";
import type { Clock } from "../clock.ts";
import { busiestThreads, type ThreadConnections } from "./busiest-threads.ts";
import { Buckets } from "./live-histogram.ts";
import { distributionSamples, type Sample } from "./samples.ts";

/** What can be seen of a connection while it is open. */
export interface OpenConnection {
  /** One of the configured routes, or `other`. */
  readonly route: string;
  readonly threadId: string | undefined;
  /** As the instrumentation's clock reads. */
  readonly openedAtMs: number;
  readonly bufferedBytes: number;
}

/** What a scrape needs to know to read the open connections. */
export interface OpenConnectionsContext {
  readonly app: string;
  /** Every route that has a series, so that an empty one is 0. */
  readonly routes: readonly string[];
  readonly clock: Clock;
  /** Whether the busiest threads count by name. */
  readonly byThread: boolean;
}

/** The gauges that are read from what is open, at the moment of a scrape: nothing that was missed can leave them up. */
export class OpenConnections {
  readonly #context: OpenConnectionsContext;
  readonly #open: () => Iterable<OpenConnection>;

  /** @param open what is open now */
  constructor(context: OpenConnectionsContext, open: () => Iterable<OpenConnection>) {
    this.#context = context;
    this.#open = open;
  }

  /** How many there are, by route, and by thread where that is asked for. */
  active(): Sample[] {
    const { byThread } = this.#context;
    return byThread ? this.#activeByThread() : this.#perRoute(() => 1);
  }

  /** Bytes that wait in their send buffers, by route. */
  buffered(): Sample[] {
    return this.#perRoute(({ bufferedBytes }) => bufferedBytes);
  }

  /** How long they have been open. */
  ages(): Sample[] {
    const { app, clock } = this.#context;
    const buckets = new Buckets(SERVER_CONNECTION_AGE.layout);
    const now = clock.now();
    for (const { openedAtMs } of this.#open()) buckets.add((now - openedAtMs) / 1000);
    return distributionSamples(buckets, { app }, ["_gcount", "_gsum"]);
  }

  #perRoute(amount: (connection: OpenConnection) => number): Sample[] {
    const { app, routes } = this.#context;
    const sums = new Map([...routes, ROUTE.other].map((route) => [route, 0]));
    for (const connection of this.#open())
      sums.set(connection.route, (sums.get(connection.route) ?? 0) + amount(connection));
    return Array.from(sums, ([route, value]) => ({ labels: { app, route }, value }));
  }

  #activeByThread(): Sample[] {
    const { app } = this.#context;
    const none = [...this.#context.routes, ROUTE.other].map((route) => ({
      route,
      threadId: undefined,
      connections: 0,
    }));
    const open = Array.from(
      this.#open(),
      ({ route, threadId }): ThreadConnections => ({ route, threadId, connections: 1 }),
    );
    return busiestThreads([...none, ...open]).map(({ route, threadId, connections }) => ({
      labels: { app, route, thread_id: threadId ?? THREAD_ID.other },
      value: connections,
    }));
  }
}
