import { readFileSync } from "node:fs";
import { PORTS } from "@sockscope/stack";
import { expect, it } from "vitest";

const PAGE = readFileSync(new URL("../docs/FAULTS.md", import.meta.url), "utf8");

it("the commands for faults ask where `npm run up` has the switchboard, and say when nobody is there", () => {
  const commands = PAGE.split("\n").filter((line) => line.startsWith("curl "));
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands)
    expect(command).toMatch(new RegExp(`^curl -sS .*http://127\\.0\\.0\\.1:${PORTS.chatMetrics}/faults`));
});
