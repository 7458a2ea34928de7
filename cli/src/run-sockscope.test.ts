import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { runSockscope } from "./run-sockscope.ts";
import { packageVersion } from "./version.ts";

async function run(...args: string[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const exitCode = await runSockscope(args, {
    environment: {},
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
    stopRequested: () => Promise.resolve(),
  });
  return { exitCode, printed, complaints };
}

const ANY_PORT = ["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"];

describe("runSockscope", () => {
  it.each([[], ["nope"], ["constructor"], ["collector"], ["collector", "--nope"]])(
    "complains in one line and exits as called wrongly for %j",
    async (...args) => {
      const { exitCode, printed, complaints } = await run(...args);
      expect([exitCode, printed, complaints]).toEqual([2, [], [expect.stringMatching(/^sockscope: .+$/)]]);
    },
  );

  it("takes an origin that is not exact as called wrongly, and says which is", async () => {
    const { exitCode, complaints } = await run(
      "collector",
      ...ANY_PORT,
      "--app",
      "a",
      "--origin",
      "https://a.example/x",
    );
    expect(exitCode).toBe(2);
    expect(complaints[0]).toContain('use "https://a.example"');
  });

  it("fails when the address is in use", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const args = [
      "--listen",
      `127.0.0.1:${port}`,
      "--admin",
      "127.0.0.1:0",
      "--app",
      "a",
      "--origin",
      "https://a.example",
    ];
    const { exitCode, complaints } = await run("collector", ...args);
    expect(exitCode).toBe(1);
    expect(complaints[0]).toContain(`127.0.0.1:${port}`);
  });

  it("prints its version", async () => {
    expect(await run("--version")).toMatchObject({ exitCode: 0, printed: [packageVersion()] });
  });

  it("names every command in its help, and the flags in the command's", async () => {
    expect((await run("--help")).printed[0]).toContain("collector");
    expect((await run("collector", "--help")).printed[0]).toContain("--origin URL");
  });
});
