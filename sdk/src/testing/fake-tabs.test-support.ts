import type { TokenChannel, TokenHost, TokenLocks } from "../token/token-host.ts";
import { FakeHost, settled } from "./fake-host.test-support.ts";

/** Whatever a test wants the endpoint to do. */
export type Answering = (init: RequestInit) => Response | Promise<Response>;

/** An answer that says how long the session serves from now on. */
export function servesFor(seconds: number): Response {
  return Response.json({ expires_in: seconds });
}

/** Locks as browsers grant them, one after another. */
class FakeLocks implements TokenLocks {
  readonly #held = new Map<string, Promise<unknown>>();

  async request<T>(
    name: string,
    { ifAvailable = false, signal }: { ifAvailable?: boolean; signal?: AbortSignal },
    work: (lock: unknown) => Promise<T>,
  ): Promise<T> {
    if (ifAvailable && signal) throw new DOMException("ifAvailable with a signal", "NotSupportedError");
    const before = this.#held.get(name);
    if (ifAvailable && before) return work(null);
    const turn = (async () => {
      await before;
      signal?.throwIfAborted();
      return work({ name });
    })();
    const over = turn.then(ignore, ignore).then(() => {
      if (this.#held.get(name) === over) this.#held.delete(name);
    });
    this.#held.set(name, over);
    return untilAborted(turn, signal);
  }
}

function ignore(): void {}

function untilAborted<T>(turn: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    turn.then(resolve, reject);
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

/** What the tabs of a browser have in common: locks, channels, and the endpoint that they ask. */
export class FakeOrigin {
  locks: TokenLocks | undefined = new FakeLocks();
  hasChannels = true;
  /** Messages are under way until it says so. */
  delivers = true;
  answer: Answering = () => servesFor(3_600);
  readonly requests: { readonly url: string; readonly init: RequestInit }[] = [];
  /** Everything that was told on a channel. */
  readonly told: unknown[] = [];
  readonly #channels = new Map<TokenChannel, string>();
  readonly #waiting: (() => void)[] = [];

  tab(): FakeTab {
    return new FakeTab(this);
  }

  open(name: string): TokenChannel {
    const channel: TokenChannel = {
      onmessage: null,
      postMessage: (message) => this.tell(name, message, channel),
      close: () => void this.#channels.delete(channel),
    };
    this.#channels.set(channel, name);
    return channel;
  }

  /** Tells all tabs, as any script of the origin can. */
  tell(name: string, message: unknown, from?: TokenChannel): void {
    this.told.push(message);
    const data = structuredClone(message);
    const deliver = (): void => {
      for (const [channel, its] of this.#channels)
        if (channel !== from && its === name) channel.onmessage?.({ data } as MessageEvent<unknown>);
    };
    if (this.delivers) queueMicrotask(deliver);
    else this.#waiting.push(deliver);
  }

  /** What was under way arrives. */
  async deliver(): Promise<void> {
    for (const deliver of this.#waiting.splice(0)) deliver();
    await settled();
  }
}

/** A tab of the origin, with clocks of its own. */
export class FakeTab extends FakeHost implements TokenHost {
  readonly origin: FakeOrigin;

  constructor(origin: FakeOrigin) {
    super();
    this.origin = origin;
  }

  override async fetch(url: string, init: RequestInit): Promise<Response> {
    this.origin.requests.push({ url, init });
    return this.origin.answer(init);
  }

  locks(): TokenLocks | undefined {
    return this.origin.locks;
  }

  openChannel(name: string): TokenChannel | undefined {
    return this.origin.hasChannels ? this.origin.open(name) : undefined;
  }
}

/** An answer that comes when the test says so. */
export function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = ignore;
  let reject: (error: unknown) => void = ignore;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
