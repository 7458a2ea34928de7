import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockState } from "./state-lock.ts";

/** Above the largest pid that Linux gives out. */
const NOBODY = 2 ** 22 + 1;

describe("lockState", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sockscope-lock-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("refuses a directory that a running process holds, and names the process", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await once(other, "spawn");
    writeFileSync(`${folder}/lock`, `${other.pid}\n${readFileSync(`/proc/${other.pid}/cmdline`, "utf8")}`);
    expect(() => lockState(folder)).toThrow(`already running here, as process ${other.pid}`);
    other.kill();
  });

  it("gives the directory back", () => {
    lockState(folder)();
    expect(() => lockState(folder)).not.toThrow();
  });

  it.each([
    ["a process that is gone", `${NOBODY}\nnode up`],
    ["a process that had our pid before", `${process.pid}\n${readFileSync("/proc/self/cmdline", "utf8")}`],
    ["another program that has its pid now", `${process.ppid}\nnode up`],
    ["a lock that says nothing", ""],
    ["a lock that names a process group", "0\nnode up"],
  ])("takes over from %s", (_, content) => {
    writeFileSync(`${folder}/lock`, content);
    lockState(folder);
    expect(readFileSync(`${folder}/lock`, "utf8")).toMatch(new RegExp(`^${process.pid}\n`));
  });
});
