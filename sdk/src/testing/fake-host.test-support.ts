import type { FetchAnswer, Host, LaterRequest, LifecycleEvent } from "../host.ts";

/** A request that left the page. */
export interface SentRequest {
  readonly by: "fetch" | "beacon" | "later";
  readonly url: string;
  readonly body: string;
  readonly init?: RequestInit;
}

/** What `fetch` does: a status, with headers and a body; or nothing at all, like a network that is gone; or silence. */
export type Reply =
  | { readonly status: number; readonly retryAfter?: string; readonly body?: string }
  | "network error"
  | "silence";

/** A batch as it travels. */
export interface SentBatch {
  readonly seq: number;
  readonly closedMsAgo: number;
  readonly leaving: boolean;
  readonly lines: readonly string[];
}

/** What a collector answers that refuses, in its own words. */
export function refusal(status: number, code: string): Reply {
  return { status, body: JSON.stringify({ code, message: `for \\"${code}\\"` }) };
}

/** A body as a batch. */
export function sentBatch(body: string): SentBatch {
  const [head = "", ...lines] = body.split("\n");
  const [seq, closedMsAgo, leaving] = head.split(" ");
  return { seq: Number(seq), closedMsAgo: Number(closedMsAgo), leaving: leaving === "leaving", lines };
}

/** A page's surroundings in the hands of a test: time passes, and the collector answers, as the test says. */
export class FakeHost implements Host {
  clock = 1_000;
  wall = 1_700_000_000_000;
  /** Every random byte. */
  randomByte = 0;
  /** Used up one a request; then every request is accepted. */
  replies: Reply[] = [];
  beaconWorks = true;
  visible = true;
  online = true;
  heap: number | undefined = undefined;
  reload = false;
  /** Whether the browser has `fetchLater`. */
  hasFetchLater = false;
  /** What the browser sends when the page is gone. */
  readonly later = new Set<SentRequest>();
  readonly memory = new Map<string, string>();
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
    return { status: reply.status, headers, text: async () => reply.body ?? "" };
  }

  sendBeacon(url: string, body: string): boolean {
    if (this.beaconWorks) this.requests.push({ by: "beacon", url, body });
    return this.beaconWorks;
  }

  fetchLater(url: string, body: string): LaterRequest | undefined {
    if (!this.hasFetchLater) return undefined;
    const request = { by: "later", url, body } as const;
    this.later.add(request);
    return {
      isSent: () => this.requests.includes(request),
      takeBack: () => void this.later.delete(request),
    };
  }

  /** The browser sends what it was to send later, as it does when a page crashes. */
  sendLater(): void {
    for (const request of this.later) this.requests.push(request);
    this.later.clear();
  }

  isVisible(): boolean {
    return this.visible;
  }

  isOnline(): boolean {
    return this.online;
  }

  heapBytes(): number | undefined {
    return this.heap;
  }

  isReload(): boolean {
    return this.reload;
  }

  sessionStorage(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
    const { memory } = this;
    return {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => void memory.set(key, value),
      removeItem: (key) => void memory.delete(key),
    };
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
    if (event === "hidden" || event === "visible") this.visible = event === "visible";
    if (event === "online" || event === "offline") this.online = event === "online";
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
    return this.requests.map(({ body }) => sentBatch(body));
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
