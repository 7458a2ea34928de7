import { expect, it } from "vitest";
import { rotateKeys } from "./rotate-keys.ts";

it("says why keys are not rotated, and the chat goes on", () => {
  const lines: object[] = [];
  const demo = {
    rotateKeys: () => {
      throw new Error("ENOSPC");
    },
  };
  rotateKeys(demo, (line) => lines.push(line));
  rotateKeys({ rotateKeys: () => {} }, (line) => lines.push(line));
  expect(lines).toEqual([{ event: "keys_not_rotated", message: "Error: ENOSPC" }, { event: "keys_rotated" }]);
});
