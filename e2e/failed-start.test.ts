import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readPrograms, StackError, startStack } from "@sockscope/stack";
import { describe, expect, it } from "vitest";

const STATE = fileURLToPath(new URL("../.sockscope/", import.meta.url));

function runDirectories(): string[] {
  return readdirSync(STATE).filter((name) => name.startsWith("run-"));
}

describe("a start that fails", () => {
  it("names the part and why, and leaves no process and no file behind", async () => {
    const started: string[] = [];
    const before = runDirectories();
    const programs = { ...readPrograms(), prometheus: "/bin/false" };
    const failure = await startStack({
      programs,
      onPart: ({ summary }) => started.push(...(summary.match(/http:\/\/[^/\s]+/g) ?? [])),
    }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(StackError);
    expect(failure).toMatchObject({ part: "prometheus", code: "SOCKSCOPE_ERR_STACK" });
    expect(String(failure)).toContain("ended with exit code 1");
    expect(started.length).toBeGreaterThan(3);
    for (const url of started) await expect(fetch(url), url).rejects.toThrow("fetch failed");
    expect(runDirectories()).toEqual(before);
  });

  it("says what to install when a program is missing", async () => {
    const { alertmanager, ...programs } = readPrograms();
    expect(alertmanager).toBeDefined();
    await expect(startStack({ programs })).rejects.toThrow("alertmanager: not found. Install alertmanager");
  });
});
