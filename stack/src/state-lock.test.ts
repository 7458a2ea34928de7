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

  it("refuses a directory that a running process holds, and names the process", () => {
    lockState(folder);
    expect(() => lockState(folder)).toThrow(`already running here, as process ${process.pid}`);
  });

  it("gives the directory back", () => {
    lockState(folder)();
    expect(() => lockState(folder)).not.toThrow();
  });

  it.each([
    ["a process that is gone", `${NOBODY}\nnode up`],
    ["another program that has its pid now", `${process.ppid}\nnode up`],
    ["a lock that says nothing", ""],
    ["a lock that names a process group", "0\nnode up"],
  ])("takes over from %s", (_, content) => {
    writeFileSync(`${folder}/lock`, content);
    lockState(folder);
    expect(readFileSync(`${folder}/lock`, "utf8")).toMatch(new RegExp(`^${process.pid}\n`));
  });
});
