import { CLOSE_CODE_LABELS, closePolicy } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { consequenceWith } from "./vocabulary.ts";

describe("what the user sees after a close", () => {
  it.each([
    [4001, "error"],
    [4002, "reconnecting"],
    [4401, "authentication failed"],
    [1000, "nothing"],
    [1016, "reconnecting"],
  ])("is after %d: %s", (code, consequence) => {
    expect(consequenceWith({ 4001: "error" })(code)).toBe(consequence);
  });

  it("is what the catalog's policy says, where the page has no codes of its own", () => {
    for (const label of CLOSE_CODE_LABELS) {
      const code = Number(label);
      if (code > 0) expect([code, consequenceWith()(code)]).toEqual([code, closePolicy(code).userSees]);
    }
  });
});
