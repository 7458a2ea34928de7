import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Child, freePort } from "@sockscope/stack";

const MAIN = fileURLToPath(new URL("../../demo/server/dist/main.js", import.meta.url));
/** Nobody listens there: what the page reports is not of interest. */
const NOWHERE = "http://127.0.0.1:9";
const READY_TIMEOUT_MS = 30_000;

/** The chat server as a process of its own, on the same address each time that it is started. */
export interface ChatProcess {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it as a deploy does. */
  stop(): Promise<void>;
  /** Ends it as a crash does. */
  crash(): Promise<void>;
  /** Ends it, and removes what it kept. */
  close(): Promise<void>;
}

/** Starts the chat server, with a directory in which it keeps its state. */
export async function startChatProcess(): Promise<ChatProcess> {
  const dir = mkdtempSync(join(tmpdir(), "sockscope-chat-"));
  const port = await freePort();
  let child: Child | undefined;

  async function start(): Promise<void> {
    child = new Child({
      part: "chat server",
      logFile: join(dir, "chat.log"),
      program: process.execPath,
      args: [MAIN],
      env: {
        PORT: String(port),
        METRICS_PORT: "0",
        COLLECTOR_URL: NOWHERE,
        STATE_DIR: join(dir, "state"),
      },
    });
    await child.listening(READY_TIMEOUT_MS);
  }

  async function stop(): Promise<void> {
    await child?.stop();
  }

  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    start,
    stop,
    crash: async () => {
      if (child?.pid !== undefined) process.kill(child.pid, "SIGKILL");
      await child?.ended;
    },
    close: async () => {
      await stop();
      rmSync(dir, { recursive: true });
    },
  };
}
