import { describe, expect, it } from "vitest";
import { isAppName } from "./app-name.ts";

describe("isAppName", () => {
  it.each(["chat", "Chat-2.eu_west", "x", "a".repeat(63)])("takes %j", (name) => {
    expect(isAppName(name)).toBe(true);
  });

  it.each(["", "a b", "-chat", "chat,shop", "ch\u00e4t", 'chat"', "a".repeat(64)])("refuses %j", (name) => {
    expect(isAppName(name)).toBe(false);
  });

  it("refuses what is no text, which would read as one", () => {
    expect(isAppName(undefined)).toBe(false);
  });

  it("refuses the name that stands for all who name no app", () => {
    expect(isAppName("other")).toBe(false);
  });
});
