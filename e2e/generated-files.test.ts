import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPrograms, type Stack, startStack } from "@sockscope/stack";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const GENERATED = fileURLToPath(new URL("../alerts/generated/", import.meta.url));

interface Result {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a tool with the given standard input. */
function run(
  program: string | undefined,
  args: readonly string[],
  { input = "", cwd = GENERATED }: { readonly input?: string; readonly cwd?: string } = {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(program ?? "", args, { cwd });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
    child.stdin.end(input);
  });
}

const { promtool, amtool } = readPrograms();

describe("generated rules and routing", () => {
  it("are accepted by promtool", async () => {
    expect(await run(promtool, ["check", "rules", "rules.yml"])).toMatchObject({ code: 0 });
  });

  it("pass every alert's own tests", async () => {
    const result = await run(promtool, ["test", "rules", "rules.test.yml"]);
    expect(result.output).toContain("SUCCESS");
    expect(result.code).toBe(0);
  });

  it.each(["alertmanager.yml", "alertmanager.local.yml"])("%s is accepted by amtool", async (file) => {
    expect(await run(amtool, ["check-config", file])).toMatchObject({ code: 0 });
  });

  it.each([
    ["page", "pager"],
    ["ticket", "inbox"],
  ])("sends a %s to the %s", async (severity, receiver) => {
    const args = ["config", "routes", "test", "--config.file=alertmanager.yml", `severity=${severity}`];
    expect((await run(amtool, args)).output).toMatch(new RegExp(`^${receiver}$`, "m"));
  });
});

describe("what a deployment generates for itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "sockscope-deployment-"));
  const cwd = join(folder, "alerts");

  beforeAll(async () => {
    const cli = fileURLToPath(new URL("../cli/dist/sockscope.js", import.meta.url));
    const example = fileURLToPath(new URL("../docs/examples/sockscope.config.json", import.meta.url));
    const config = join(folder, "sockscope.config.json");
    const closeCodes = {
      "4008": { name: "idle", meaning: "Nobody wrote.", userSees: "reconnecting" },
      "4012": { name: "signed out", meaning: "The session ended.", userSees: "authentication failed" },
    };
    writeFileSync(config, JSON.stringify({ ...JSON.parse(readFileSync(example, "utf8")), closeCodes }));
    const generated = await run(process.execPath, [cli, "generate", "--config", config, "--out", folder]);
    expect(generated).toMatchObject({ code: 0 });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("is accepted by promtool and amtool, and passes every alert's own tests", async () => {
    expect(await run(promtool, ["check", "rules", "rules.yml"], { cwd })).toMatchObject({ code: 0 });
    expect((await run(promtool, ["test", "rules", "rules.test.yml"], { cwd })).output).toContain("SUCCESS");
    expect(await run(amtool, ["check-config", "alertmanager.yml"], { cwd })).toMatchObject({ code: 0 });
  });

  it("leads to runbooks that are there", () => {
    const rules = readFileSync(join(cwd, "rules.yml"), "utf8");
    const urls = [...rules.matchAll(/runbook_url: (\S+)/g)].map(([, url = ""]) => url);
    expect(urls.length).toBeGreaterThan(0);
    for (const url of urls) {
      expect(url).toMatch(/^https:\/\/wiki\.chat\.internal\/runbooks\//);
      expect(existsSync(join(folder, "runbooks", url.split("/").at(-1) ?? ""))).toBe(true);
    }
  });
});

describe("expositions", () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack();
  });

  afterAll(async () => {
    await stack?.stop();
  });

  it("of the collector please promtool without complaint", async () => {
    const exposition = await (await fetch(`${stack.collector.adminUrl}/metrics`)).text();
    expect(await run(promtool, ["check", "metrics"], { input: exposition })).toEqual({ code: 0, output: "" });
  });

  it("of the chat server please promtool without complaint", async () => {
    const exposition = await (await fetch(stack.chat.metricsUrl)).text();
    expect(await run(promtool, ["check", "metrics"], { input: exposition })).toEqual({ code: 0, output: "" });
  });
});
