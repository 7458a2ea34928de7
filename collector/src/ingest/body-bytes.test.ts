import { MAX_BATCH_BYTES } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { BodyBytes } from "./body-bytes.ts";

describe("BodyBytes", () => {
  it("keeps none of the chunks but the first, however small they are", () => {
    const bytes = new BodyBytes();
    const chunk = Buffer.from("a");
    for (let sent = 0; sent < MAX_BATCH_BYTES; sent += 1) bytes.append(chunk);
    chunk.write("b");
    expect(bytes.text()).toBe("a".repeat(MAX_BATCH_BYTES));
  });

  it("takes no more than a batch may have", () => {
    const bytes = new BodyBytes();
    expect(bytes.append(Buffer.alloc(MAX_BATCH_BYTES))).toBe(true);
    expect(bytes.append(Buffer.alloc(1))).toBe(false);
  });

  it("is empty text when nothing arrived", () => {
    expect(new BodyBytes().text()).toBe("");
  });

  it("joins a character that two chunks share, and has no text for half of one", () => {
    const [first, second] = [Buffer.from([0xc3]), Buffer.from([0xa9])];
    const bytes = new BodyBytes();
    bytes.append(first);
    expect(bytes.text()).toBeUndefined();
    bytes.append(second);
    expect(bytes.text()).toBe("\u00e9");
  });
});
