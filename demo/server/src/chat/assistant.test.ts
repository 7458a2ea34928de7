import { CLOSE_CODE_MEANINGS, createCatalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { assistantReply } from "./assistant.ts";

describe("assistantReply", () => {
  it("explains a close code in the catalog's words when the message has one", () => {
    const reply = assistantReply("What does 4401 mean?", () => 0, DEFAULT_CATALOG);
    expect(reply).toContain(CLOSE_CODE_MEANINGS["4401"].meaning);
    expect(reply).toContain("stops");
  });

  it("says that a client comes back when the code's policy is to retry", () => {
    expect(assistantReply("1012?", () => 0, DEFAULT_CATALOG)).toContain("connects again");
  });

  it("knows the codes of a configuration", () => {
    const catalog = createCatalog({
      closeCodes: { "4001": { name: "kicked", meaning: "Logged in elsewhere.", userSees: "error" } },
    });
    expect(assistantReply("4001?", () => 0, catalog)).toMatch(
      /^4001, kicked\. Logged in elsewhere\. .* stops/,
    );
  });

  it.each([0, 0.999_999])("has something to say about anything else when the dice show %d", (dice) => {
    expect(assistantReply("Hello", () => dice, DEFAULT_CATALOG)).not.toBe("");
  });
});
