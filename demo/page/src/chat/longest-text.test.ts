import { CLIENT_FRAME_SCHEMAS } from "@sockscope/catalog";
import { expect, it } from "vitest";
import { LONGEST_TEXT } from "./longest-text.ts";

it("takes a message that is as long as the contract allows", () => {
  const { payload } = CLIENT_FRAME_SCHEMAS.user_message.properties ?? {};
  expect(payload?.properties?.["text"]?.maxLength).toBe(LONGEST_TEXT);
});
