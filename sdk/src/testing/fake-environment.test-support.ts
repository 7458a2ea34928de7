import { bucketCount, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { Environment, FetchAnswer, LifecycleEvent } from "../environment.ts";
import type { CounterDelta, Deltas, HistogramDelta } from "../record/deltas.ts";

/** A body, read back. */
export interface SentBatch extends Deltas {
  readonly seq: number;
  readonly closed_ms_ago: number;
  readonly leaving?: true;
}

/** A request that left the page. */
export interface SentRequest {
  readonly by: "fetch" | "beacon";
  readonly url: string;
  readonly body: string;
  readonly init?: RequestInit;
}

/** What `fetch` does: a status, with headers; or nothing at all, like a network that is gone; or silence. */
export type Reply = { readonly status: number; readonly retryAfter?: string } | "network error" | "silence";

/** A page's surroundings in the hands of a test: time passes, and the collector answers, as the test says. */
export class FakeEnvironment implements Environment {
  clock = 1_000;
  wall = 1_700_000_000_000;
  /** Every random byte. */
  randomByte = 0;
  /** Used up one a request; then every request is accepted. */
  replies: Reply[] = [];
  beaconWorks = true;
  readonly requests: SentRequest[] = [];
  readonly timers = new Map<number, { readonly at: number; readonly callback: () => void }>();
  readonly subscribers = new Set<(event: LifecycleEvent) => void>();
  #timer = 0;

  now(): number {
    return this.clock;
  }

  wallClock(): number {
    return this.wall;
  }

  randomBytes(count: number): Uint8Array {
    return new Uint8Array(count).fill(this.randomByte);
  }

  async fetch(url: string, init: RequestInit): Promise<FetchAnswer> {
    this.requests.push({ by: "fetch", url, body: String(init.body), init });
    const reply = this.replies.shift() ?? { status: 204 };
    if (reply === "network error") throw new TypeError("Failed to fetch");
    if (reply === "silence") return new Promise(() => {});
    const headers = new Headers(reply.retryAfter === undefined ? {} : { "retry-after": reply.retryAfter });
    return { status: reply.status, headers };
  }

  sendBeacon(url: string, body: string): boolean {
    if (this.beaconWorks) this.requests.push({ by: "beacon", url, body });
    return this.beaconWorks;
  }

  setTimeout(callback: () => void, delayMs: number): unknown {
    this.#timer++;
    this.timers.set(this.#timer, { at: this.clock + delayMs, callback });
    return this.#timer;
  }

  clearTimeout(timer: unknown): void {
    this.timers.delete(timer as number);
  }

  subscribe(listener: (event: LifecycleEvent) => void): () => void {
    this.subscribers.add(listener);
    return () => this.subscribers.delete(listener);
  }

  /** The browser tells the page of an event. */
  async emit(event: LifecycleEvent): Promise<void> {
    for (const subscriber of this.subscribers) subscriber(event);
    await settled();
  }

  /** Time passes on both clocks, and due timers fire, each at its time. */
  async pass(ms: number): Promise<void> {
    const end = this.clock + ms;
    for (;;) {
      const [timer, next] = [...this.timers].sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (timer === undefined || next === undefined || next.at > end) break;
      this.timers.delete(timer);
      this.#moveTo(next.at);
      next.callback();
      await settled();
    }
    this.#moveTo(end);
  }

  /** The bodies of all requests so far. */
  get batches(): SentBatch[] {
    return this.requests.map(({ body }) => readBatch(body));
  }

  #moveTo(clock: number): void {
    this.wall += Math.max(0, clock - this.clock);
    this.clock = Math.max(this.clock, clock);
  }
}

/** Lets every promise that is ready run. No time passes: an immediate comes after the microtasks. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Reads a body of metrics that are the catalog's, or have no labels. */
export function readBatch(body: string): SentBatch {
  const [head = "", ...lines] = body.split("\n");
  const [, seq, closedMsAgo, leaving] = head.split(" ");
  const words = lines.map((line) => line.split(" "));
  return {
    seq: Number(seq),
    closed_ms_ago: Number(closedMsAgo),
    ...(leaving === "leaving" && { leaving: true }),
    counters: words.flatMap(([series = "", delta, ...more]) =>
      more.length === 0 ? [{ ...readSeries(series), delta: Number(delta) }] : [],
    ),
    histograms: words.flatMap(([series = "", layout = "", buckets, sum]) =>
      buckets === undefined
        ? []
        : [{ ...readSeries(series), layout, counts: readCounts(series, buckets), sum: Number(sum) }],
    ),
  };
}

function readSeries(series: string): Pick<CounterDelta, "name" | "labels"> {
  const [name = "", ...values] = series.split("/");
  const metric = DEFAULT_CATALOG.clientMetrics.find((candidate) => candidate.metric.name === name)?.metric;
  const labels = Object.keys(metric?.labels ?? {});
  return {
    name,
    labels: Object.fromEntries(values.map((value, i) => [labels[i] ?? i, decodeURIComponent(value)])),
  };
}

function readCounts(series: string, buckets: string): HistogramDelta["counts"] {
  const { name } = readSeries(series);
  const metric = DEFAULT_CATALOG.clientMetrics.find((candidate) => candidate.metric.name === name)?.metric;
  const counts = Array<number>(metric && "layout" in metric ? bucketCount(metric.layout) : 0).fill(0);
  for (const pair of buckets.split(",")) {
    const [bucket, count] = pair.split(":");
    counts[Number(bucket)] = Number(count);
  }
  return counts;
}
