import { CLOSE_CODE_MEANINGS } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { assistantReply } from "./assistant.ts";

describe("assistantReply", () => {
  it("explains a close code in the catalog's words when the message has one", () => {
    const reply = assistantReply("What does 4401 mean?", () => 0);
    expect(reply).toContain(CLOSE_CODE_MEANINGS["4401"].meaning);
    expect(reply).toContain("stops");
  });

  it("says that a client comes back when the code's policy is to retry", () => {
    expect(assistantReply("1012?", () => 0)).toContain("connects again");
  });

  it.each([0, 0.999_999])("has something to say about anything else when the dice show %d", (dice) => {
    expect(assistantReply("Hello", () => dice)).not.toBe("");
  });
});
