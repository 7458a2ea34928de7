import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeAtomically } from "./write-atomically.ts";

it("leaves no draft behind when the file cannot be written", () => {
  const dir = mkdtempSync(join(tmpdir(), "sockscope-write-"));
  mkdirSync(join(dir, "file"));
  expect(() => writeAtomically(join(dir, "file"), "text")).toThrow();
  expect(readdirSync(dir)).toEqual(["file"]);
  rmSync(dir, { recursive: true });
});
