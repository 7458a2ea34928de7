import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createClient } from "@redis/client";
import { freePort, program, readPrograms } from "@sockscope/stack";

/** A Redis of a test's own. */
export interface TestRedis {
  readonly url: string;
  /** Ends it as a crash does; `start` has it back on the same port, with nothing in it. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Has it answer nothing, and close nothing, until it goes on. */
  pause(isPaused: boolean): void;
  /** Has it store nothing more, or again. */
  fill(isFull: boolean): Promise<void>;
  /** Ends it, and removes what it wrote. */
  close(): Promise<void>;
}

/** Starts a Redis on a free port of loopback, which keeps nothing. */
export async function startRedis(): Promise<TestRedis> {
  const dir = mkdtempSync(join(tmpdir(), "sockscope-redis-"));
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, "--save", ""];
    child = spawn(program(readPrograms(), "redis-server"), args, { stdio: ["ignore", "pipe", "ignore"] });
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
      if (line.includes("Ready to accept connections")) return;
    throw new Error("redis-server ended before it was ready");
  }

  async function kill(): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  await start();
  const url = `redis://127.0.0.1:${port}`;
  return {
    url,
    kill,
    pause: (isPaused) => void child?.kill(isPaused ? "SIGSTOP" : "SIGCONT"),
    start,
    fill: async (isFull) => {
      const client = await createClient({ url }).connect();
      await client.configSet("maxmemory", isFull ? "1" : "0");
      client.destroy();
    },
    close: async () => {
      await kill();
      rmSync(dir, { recursive: true });
    },
  };
}
