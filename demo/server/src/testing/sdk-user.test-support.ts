import { frameEvent } from "@sockscope/catalog";
import { type Host, start } from "@sockscope/sdk";
import { type ChatSocket, type ChatSocketOptions, chatSocket } from "@sockscope/sdk/socket";
import { WebSocket } from "ws";
import type { Demo } from "../demo-options.ts";
import { post, setCookieOf, THREAD } from "./demo.test-support.ts";

/** A user whose page has the SDK, and whose measurements a test reads. */
export interface SdkUser {
  readonly socket: ChatSocket;
  /** What a counter has come to, or how many values a histogram has, by the series as the protocol writes it. */
  readonly recorded: ReadonlyMap<string, number>;
  /** Resolves with the next frame of this name that is not told twice. */
  next(event: string): Promise<string>;
  /** Resolves when the socket is like this, or is already. */
  becomes(status: ChatSocket["state"]["status"]): Promise<void>;
  /** Resolves once something that was recorded makes the condition true, or is already. */
  measured(isTrue: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** What a page has around it, on real time. */
const HOST: Host = {
  now: () => performance.now(),
  wallClock: () => Date.now(),
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  fetch: async () => new Response(null, { status: 204 }),
  sendBeacon: () => true,
  fetchLater: () => undefined,
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  subscribe: () => () => {},
  isVisible: () => true,
  isOnline: () => true,
  heapBytes: () => undefined,
  isReload: () => false,
  sessionStorage: () => undefined,
};

/** Quick, so that a test is. */
const QUICK = { baseDelayMs: 20, maxDelayMs: 50, maxAttempts: Number.POSITIVE_INFINITY };

/** Opens a page of the chat with this session, and says hello. */
export async function openSdkUser(
  demo: Demo,
  session: string,
  options: Partial<ChatSocketOptions> = {},
): Promise<SdkUser> {
  const recorded = new Map<string, number>();
  const watches = new Set<() => void>();
  const look = (): void => {
    for (const watch of watches) watch();
  };
  const record = (series: string, by: number): void => {
    recorded.set(series, (recorded.get(series) ?? 0) + by);
    look();
  };
  const sockscope = start({
    collector: "http://collector.test",
    // A page of its own each.
    app: `user-${Math.random().toString(36).slice(2)}`,
    host: HOST,
    sinks: [{ counted: record, observed: (series) => record(series, 1) }],
  });
  let cookie = session;
  class SessionWebSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie, origin: demo.pageUrl } });
    }
  }
  const socket = chatSocket(`${demo.pageUrl.replace("http", "ws")}/ws`, {
    ...QUICK,
    host: HOST,
    sockscope,
    hello: () => ({ type: "client_hello" as const, thread_id: THREAD }),
    heartbeat: { intervalMs: 50, timeoutMs: 20_000 },
    WebSocket: SessionWebSocket as unknown as NonNullable<ChatSocketOptions["WebSocket"]>,
    refreshAccessToken: async () => {
      const answer = await post(demo, "/session/renew", cookie);
      if (!answer.ok) throw new Error(`the renewal answers ${answer.status}`);
      cookie = setCookieOf(answer) ?? cookie;
    },
    ...options,
  });
  const user: SdkUser = {
    socket,
    recorded,
    next: (event) =>
      new Promise((resolve) => {
        const stop = socket.on("message", ({ data }) => {
          if (typeof data !== "string" || frameEvent(data) !== event) return;
          stop();
          resolve(data);
        });
      }),
    becomes: (status) =>
      new Promise((resolve) => {
        if (socket.state.status === status) return resolve();
        const stop = socket.on("state", (state) => {
          if (state.status !== status) return;
          stop();
          resolve();
        });
      }),
    measured: (isTrue) =>
      new Promise((resolve) => {
        const watch = (): void => {
          if (!isTrue()) return;
          watches.delete(watch);
          resolve();
        };
        watches.add(watch);
        watch();
      }),
    close: async () => {
      socket.close();
      await sockscope.stop();
    },
  };
  await user.next("rehydration");
  return user;
}
