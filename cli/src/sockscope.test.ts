import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";

const BIN = fileURLToPath(new URL("../dist/sockscope.js", import.meta.url));

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

describe("the sockscope command", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "says where the collector listens, and exits 0 on %s",
    async (signal) => {
      const address = ["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"];
      const child = start("collector", ...address, "--app", "chat", "--origin", "https://chat.example");
      const exited = once(child, "exit");
      const lines: string[] = [];
      const output = createInterface({ input: child.stdout ?? process.stdin });
      output.on("line", (line) => lines.push(line));
      await once(output, "line");
      const listening = JSON.parse(lines[0] ?? "");
      expect(listening).toEqual({
        event: "listening",
        ingest: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        admin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        apps: ["chat"],
        series: expect.any(Number),
        series_per_app: expect.any(Number),
        most_series: expect.any(Number),
        series_bytes: expect.any(Number),
        max_sessions: expect.any(Number),
        session_bytes: expect.any(Number),
      });
      expect(listening.series_per_app).toBeLessThan(listening.series);
      expect(listening.series).toBeLessThan(1200);
      expect((await fetch(`${listening.admin}/healthz`)).status).toBe(200);
      child.kill(signal);
      expect(await exited).toEqual([0, null]);
      expect(lines).toHaveLength(1);
    },
  );

  it("writes a JSON line to stderr when a request is refused", async () => {
    const address = ["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"];
    const child = start("collector", ...address, "--app", "chat", "--origin", "https://chat.example");
    const [line] = await once(createInterface({ input: child.stdout ?? process.stdin }), "line");
    const complained = once(createInterface({ input: child.stderr ?? process.stdin }), "line");
    await fetch(JSON.parse(line).ingest);
    const [complaint] = await complained;
    expect(JSON.parse(complaint)).toEqual({
      event: "refused",
      app: "other",
      code: "SOCKSCOPE_ERR_PATH",
      message: expect.stringContaining("post to /v1/batches/"),
      suppressed: 0,
    });
  });

  it("exits 2 with one line on stderr when it is called wrongly", async () => {
    const child = start("collector", "--nope");
    let complaint = "";
    child.stderr?.on("data", (chunk) => {
      complaint += chunk;
    });
    expect(await once(child, "close")).toEqual([2, null]);
    expect(complaint).toMatch(/^sockscope: .+\n$/);
  });
});
