import { describe, expect, it } from "vitest";
import { closeText, LONGEST_CLOSE_TEXT } from "./close-text.ts";

describe("closeText", () => {
  it.each([
    ["restart", undefined, "restart"],
    ["restart", 4213.4, "restart retry_after_ms=4213"],
    ["restart", -1, "restart retry_after_ms=0"],
    ["restart", Number.NaN, "restart retry_after_ms=0"],
    ["restart", Number.POSITIVE_INFINITY, "restart retry_after_ms=9007199254740991"],
    ["restart", 1e300, "restart retry_after_ms=9007199254740991"],
  ])("of %s in %j ms is %j", (reason, ms, text) => {
    expect(closeText(reason, ms)).toBe(text);
  });

  it.each(["x", "é", "€", "😀"])("fits a close frame in bytes, in whole characters: %s", (character) => {
    const text = closeText(character.repeat(200), 100);
    expect(text).toMatch(new RegExp(`^(${character})+ retry_after_ms=100$`));
    const bytes = Buffer.byteLength(text);
    expect(bytes).toBeLessThanOrEqual(LONGEST_CLOSE_TEXT);
    expect(bytes).toBeGreaterThan(LONGEST_CLOSE_TEXT - Buffer.byteLength(character));
  });
});
