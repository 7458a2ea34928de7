import { EventEmitter, once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  CLIENT_FRAME_SCHEMAS,
  type ClientFrame,
  frameEvent,
  SERVER_FRAME_SCHEMAS,
  type ServerFrame,
  type ServerFrameEvent,
} from "@sockscope/catalog";
import { WebSocket } from "ws";
import { frameCheck } from "../../../../catalog/src/testing/frame-check.test-support.ts";
import type { Demo, DemoOptions } from "../demo-options.ts";
import { FEEDBACK, FEEDBACK_NOTED, type FeedbackFrame } from "../frames/feedback.ts";
import type { Schedule } from "../schedule.ts";
import { startDemo } from "../start-demo.ts";

export const THREAD = "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11";

const faultOfReceived = frameCheck({ ...SERVER_FRAME_SCHEMAS, feedback_noted: FEEDBACK_NOTED });
const faultOfSent = frameCheck({ ...CLIENT_FRAME_SCHEMAS, feedback: FEEDBACK });

/** More than an assistant thinks. */
export const THINK_TIME_MS = 2_000;

/** Of the event loop: as many as what is done in one go needs. */
const TURNS = 5;

/** Time that passes when the test says so. */
export class ManualSchedule {
  readonly #tasks = new Map<() => void, number>();

  readonly schedule: Schedule = (run, delayMs) => {
    this.#tasks.set(run, delayMs);
    return () => this.#tasks.delete(run);
  };

  /** Runs what is due within this time. */
  advance(ms: number): void {
    for (const [run, delayMs] of [...this.#tasks]) {
      if (delayMs > ms) continue;
      this.#tasks.delete(run);
      run();
    }
  }

  /** As {@link advance}, and then what came due by that, until nothing is. */
  async run(ms: number): Promise<void> {
    while ([...this.#tasks.values()].some((delayMs) => delayMs <= ms)) {
      this.advance(ms);
      for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
    }
  }
}

export interface TestDemo extends Demo {
  readonly time: ManualSchedule;
  readonly lines: object[];
  /** Resolves when a line with these fields was logged. */
  linesWith(fields: Readonly<Record<string, unknown>>): Promise<void>;
}

/** A demo on free ports with a page of one line; `close` also removes the page. */
export async function startTestDemo(options: Partial<DemoOptions> = {}): Promise<TestDemo> {
  const pageDir = mkdtempSync(join(tmpdir(), "sockscope-page-"));
  writeFileSync(join(pageDir, "index.html"), "<title>Test page</title>");
  const time = new ManualSchedule();
  const lines: object[] = [];
  const logged = new EventEmitter();
  const demo = await startDemo({
    collectorUrl: "http://collector.test:4000/base",
    pageDir,
    schedule: time.schedule,
    random: () => 0.5,
    log: (line) => {
      lines.push(line);
      logged.emit("line");
    },
    ...options,
  });
  const close = async () => {
    await demo.close();
    rmSync(pageDir, { recursive: true });
  };
  const linesWith: TestDemo["linesWith"] = async (fields) => {
    const has = (line: object): boolean =>
      Object.entries(fields).every(([name, value]) => (line as Record<string, unknown>)[name] === value);
    while (!lines.some(has)) await once(logged, "line");
  };
  return { ...demo, time, lines, linesWith, close };
}

/** Has time pass, as much as a reply takes, until something happens that may wait for the network as well. */
export async function passUntil<T>(demo: TestDemo, happens: Promise<T>): Promise<T> {
  let isOver = false;
  const over = happens.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await demo.time.run(THINK_TIME_MS);
    await fetch(`${demo.metricsUrl}/healthz`);
  }
  return over;
}

/** The `Cookie` header of a user who has just loaded the page. */
export async function login(demo: Demo): Promise<string> {
  return setCookieOf(await fetch(demo.pageUrl)) ?? "";
}

/** The cookie that an answer sets, as a `Cookie` header. */
export function setCookieOf(response: Response): string | undefined {
  return response.headers.getSetCookie()[0]?.split(";", 1)[0];
}

/** A POST as the demo's page makes it. */
export function post(
  demo: Demo,
  path: string,
  cookie: string,
  origin: string = demo.pageUrl,
): Promise<Response> {
  return fetch(`${demo.pageUrl}${path}`, { method: "POST", headers: { cookie, origin } });
}

/** Opens a WebSocket as a browser would; the handshake may still be refused. */
export function webSocket(demo: Demo, path: string, headers: Record<string, string>): WebSocket {
  return new WebSocket(demo.pageUrl.replace("http", "ws") + path, { headers });
}

/**
 * A client of the chat that keeps every frame until a test asks for it. A frame of either side that is not as the contract says
 * fails the test; what a test sends as text or bytes may be wrong on purpose.
 */
export class ChatClient {
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Whether frames may come that are not as the contract says. */
  takesBrokenFrames = false;
  readonly #socket: WebSocket;
  readonly #frames: string[] = [];

  /** @param socket that has not opened yet */
  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      this.#frames.push(text);
      // Not in here, where it would also stop the socket that the test waits for.
      if (!this.takesBrokenFrames) queueMicrotask(() => throwIf(faultOfReceived(text)));
    });
    this.closed = new Promise((resolve) => {
      socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  static async connect(demo: Demo, cookie: string): Promise<ChatClient> {
    const socket = webSocket(demo, "/ws", { cookie, origin: demo.pageUrl });
    const client = new ChatClient(socket);
    await once(socket, "open");
    return client;
  }

  send(frame: ClientFrame | FeedbackFrame | string | Buffer): void {
    const isRaw = typeof frame === "string" || Buffer.isBuffer(frame);
    const sent = isRaw ? frame : JSON.stringify(frame);
    if (!isRaw) throwIf(faultOfSent(String(sent)));
    this.#socket.send(sent);
  }

  say(text: string, messageId: string, threadId: string = THREAD): void {
    this.send({
      type: "chat_message",
      event: "user_message",
      thread_id: threadId,
      payload: { text },
      meta: { message_id: messageId },
    });
  }

  /** Says hello to a thread and returns the rehydration. */
  async hello(threadId: string = THREAD): Promise<Extract<ServerFrame, { type: "rehydration" }>> {
    this.send({ type: "client_hello", thread_id: threadId });
    return (await this.next("rehydration")) as Extract<ServerFrame, { type: "rehydration" }>;
  }

  /** The next frame; fails when it is not of this event. */
  async next(event: ServerFrameEvent | "feedback_noted"): Promise<ServerFrame> {
    while (this.#frames.length === 0) await once(this.#socket, "message");
    const text = this.#frames.shift() ?? "";
    const actual = frameEvent(text);
    if (actual !== event) throw new Error(`expected ${event}, received ${text}`);
    return JSON.parse(text) as ServerFrame;
  }

  /** The next frame of this event; whatever comes before it is left out. */
  async until(event: ServerFrameEvent | "assistant_delta"): Promise<ServerFrame> {
    for (;;) {
      while (this.#frames.length === 0) await once(this.#socket, "message");
      const text = this.#frames.shift() ?? "";
      if (frameEvent(text) === event) return JSON.parse(text) as ServerFrame;
    }
  }

  /** Everything that came so far and was not asked for, once the server has answered all that was sent before. */
  async rest(): Promise<readonly string[]> {
    this.send({ type: "ping", id: 99 });
    const isLast = (text: string) => text.includes('"pong"');
    while (!this.#frames.some(isLast)) await once(this.#socket, "message");
    return this.#frames.splice(0).filter((text) => !isLast(text));
  }

  close(code = 1000): void {
    this.#socket.close(code);
  }

  /** How many frames of this event came so far and were not asked for, once the server has answered all that was sent before. */
  async count(event: ServerFrameEvent | "assistant_delta"): Promise<number> {
    return (await this.rest()).filter((text) => frameEvent(text) === event).length;
  }

  /** Stops reading, so that the peer's close frame is never answered. */
  freeze(): void {
    this.#socket.pause();
  }
}

function throwIf(fault: string | undefined): void {
  if (fault !== undefined) throw new Error(fault);
}
