import { readdirSync } from "node:fs";
import { onTestFinished } from "vitest";
import { CHAT, ORIGIN } from "./batches.test-support.ts";
import { parseExposition } from "./scrape.test-support.ts";
import { type Answer, send } from "./send.test-support.ts";

const RELEASED = new URL("../../../released/", import.meta.url);

/** Every version that is kept. */
export function releasedVersions(): string[] {
  return readdirSync(RELEASED, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
}

/** As much of an SDK as these tests use; so did every release have it, and so has today's. */
export interface ReleasedSdk {
  readonly start: (options: object) => {
    observe(socket: EventTarget, options?: object): unknown;
    flush(): Promise<void>;
  };
}

/** What a release's collector.mjs exports. */
interface ReleasedCollector {
  readonly startIngest: (
    apps: readonly { readonly name: string; readonly origins: readonly string[] }[],
  ) => Promise<{ readonly url: string; exposition(): string; stop(): Promise<void> }>;
}

async function bundleOf<Bundle>(version: string, file: string): Promise<Bundle> {
  return (await import(new URL(`${version}/${file}`, RELEASED).href)) as Bundle;
}

/** A browser's `WebSocket` as far as an SDK looks at it. */
export class ReleasedSocket extends EventTarget {
  readonly url = "wss://chat.example/ws";
  readyState = 0;

  send(_frame: string): void {}

  close(): void {}

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  receive(frame: string): void {
    this.dispatchEvent(new MessageEvent("message", { data: frame }));
  }

  end(code: number): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code, wasClean: code !== 1006 }));
  }
}

/** Timers that are longer send, and those of tests do not. */
const LONGEST_TIMER_MS = 2_000;

/** A page with the SDK of a release: time passes as the test says, and its requests go to a real collector. */
export class ReleasedPage {
  readonly answers: Answer[] = [];
  readonly #requests: Promise<unknown>[] = [];
  readonly #listeners: ((event: string) => void)[] = [];
  readonly #sockscope: ReturnType<ReleasedSdk["start"]>;
  readonly #timers: (() => void)[] = [];
  #now = 0;

  /** A page with this SDK. */
  constructor({ start }: ReleasedSdk, collector: string) {
    this.#sockscope = start({ collector, app: CHAT.name, host: this.#host() });
  }

  static async start(version: string, collector: string): Promise<ReleasedPage> {
    return new ReleasedPage(await bundleOf<ReleasedSdk>(version, "sdk.js"), collector);
  }

  /** Time passes, in steps in which the page's short timers run: what it sends, it sends when it is told to. */
  pass(ms: number): void {
    const end = this.#now + ms;
    while (this.#now < end) {
      this.#now = Math.min(end, this.#now + LONGEST_TIMER_MS);
      for (const callback of this.#timers.splice(0)) callback();
    }
  }

  /** Opens a socket, in 31 ms. */
  connect(): ReleasedSocket {
    const socket = this.attempt();
    this.pass(31);
    socket.open();
    return socket;
  }

  attempt(): ReleasedSocket {
    const socket = new ReleasedSocket();
    this.#sockscope.observe(socket, { trigger: "initial" });
    return socket;
  }

  flush(): Promise<void> {
    return this.#sockscope.flush();
  }

  /** The page goes away; resolves when its last requests are answered. */
  async leave(): Promise<void> {
    for (const listener of this.#listeners) listener("pagehide");
    await Promise.all(this.#requests);
  }

  async #post(url: string, body: string): Promise<Answer> {
    const { origin, pathname, search } = new URL(url);
    const headers = { origin: ORIGIN, "content-type": "text/plain;charset=UTF-8" };
    const answer = await send(origin, { path: pathname + search, headers, body });
    this.answers.push(answer);
    return answer;
  }

  #host(): object {
    return {
      now: () => this.#now,
      wallClock: () => this.#now,
      randomBytes: (count: number) => new Uint8Array(count).fill(250),
      fetch: async (url: string, { body }: { body: string }) => {
        const answer = this.#post(url, body);
        this.#requests.push(answer);
        const { status } = await answer;
        return { status, headers: new Headers(), text: async () => "" };
      },
      fetchLater: () => undefined,
      isVisible: () => true,
      isOnline: () => true,
      heapBytes: () => undefined,
      isReload: () => false,
      tabMemory: () => undefined,
      sendBeacon: (url: string, body: string) => this.#requests.push(this.#post(url, body)) > 0,
      setTimeout: (callback: () => void, delayMs: number) =>
        delayMs <= LONGEST_TIMER_MS ? this.#timers.push(callback) : 0,
      clearTimeout: () => {},
      subscribe: (listener: (event: string) => void) => {
        this.#listeners.push(listener);
        return () => {};
      },
    };
  }
}

/** A collector of a release that stops when the test has finished. */
export async function startReleasedCollector(version: string): Promise<{
  readonly ingestUrl: string;
  readonly exposed: () => Map<string, number>;
}> {
  const { startIngest } = await bundleOf<ReleasedCollector>(version, "collector.mjs");
  const { url, exposition, stop } = await startIngest([CHAT]);
  onTestFinished(stop);
  return { ingestUrl: url, exposed: () => parseExposition(exposition()) };
}
