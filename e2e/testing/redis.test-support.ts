import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort, program, readPrograms } from "@sockscope/stack";

/** A Redis of a test's own, which keeps nothing. */
export interface PlainRedis {
  readonly url: string;
  close(): Promise<void>;
}

async function ready(child: ChildProcess): Promise<void> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
    if (line.includes("Ready to accept connections")) return;
  throw new Error("redis-server ended before it was ready");
}

/**
 * Starts one on a free port of loopback.
 *
 * @param settings more of redis-server's options, such as `--maxmemory 2mb`
 */
export async function startPlainRedis(settings: readonly string[] = []): Promise<PlainRedis> {
  const dir = mkdtempSync(join(tmpdir(), "sockscope-redis-"));
  const port = await freePort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, "--save", "", ...settings];
  const child = spawn(program(readPrograms(), "redis-server"), args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "exit");
  await ready(child);
  return {
    url: `redis://127.0.0.1:${port}`,
    close: async () => {
      child.kill("SIGKILL");
      await ended;
      rmSync(dir, { recursive: true });
    },
  };
}

/** Takes so many connections to a Redis, and keeps them. */
export async function hold(url: string, connections: number): Promise<{ close(): void }> {
  const { hostname, port } = new URL(url);
  const sockets = Array.from({ length: connections }, () => connect(Number(port), hostname));
  // Redis counts a connection that it has answered.
  await Promise.all(
    sockets.map(async (socket) => {
      socket.write("PING\r\n");
      await once(socket, "data");
    }),
  );
  return {
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}
