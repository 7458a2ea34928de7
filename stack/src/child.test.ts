import { describe, expect, it } from "vitest";
import { Child } from "./child.ts";
import { StackError } from "./stack-error.ts";

const TIMEOUT_MS = 20_000;

const logFile = "/dev/null";

function node(script: string): Child {
  return new Child({ part: "guinea pig", program: process.execPath, args: ["-e", script], logFile });
}

function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("Child", () => {
  it("resolves with the line that says where it listens, past other lines", async () => {
    const child = node(`console.log("hello"); console.log('{"event":"connected"}'); console.log("{ not json");
      console.log('{"event":"listening","page":"http://x"}'); setInterval(() => {}, 1000)`);
    expect(await child.listening(TIMEOUT_MS)).toEqual({ event: "listening", page: "http://x" });
    await child.stop();
    expect(isRunning(child.pid)).toBe(false);
  });

  it("rejects with the part and its last words when the process ends before it listens", async () => {
    const child = node(`console.error("address already in use"); process.exit(3)`);
    const failure = await child.listening(TIMEOUT_MS).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StackError);
    expect(String(failure)).toMatch(/guinea pig: ended with exit code 3\..*\n\s+address already in use/);
  });

  it("stops a process that is not ready in time", async () => {
    const child = node("setInterval(() => {}, 1000)");
    await expect(child.listening(50)).rejects.toThrow("guinea pig: not ready after 0.05 s");
    expect(isRunning(child.pid)).toBe(false);
  });

  it("says that a program could not be started when there is none", async () => {
    const child = new Child({ part: "ghost", program: "/nonexistent/program", args: [], logFile });
    await expect(child.listening(TIMEOUT_MS)).rejects.toThrow(/ghost: could not be started .*ENOENT/);
  });

  it("tells why a running process died", async () => {
    const child = node(`console.log('{"event":"listening"}'); setTimeout(() => process.exit(7), 10)`);
    await child.listening(TIMEOUT_MS);
    expect(await child.obituary).toMatch(/^ended with exit code 7/);
  });
});
