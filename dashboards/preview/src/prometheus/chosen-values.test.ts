import { describe, expect, it } from "vitest";
import { inPromql } from "./chosen-values.ts";

describe("values that were chosen", () => {
  it("are alternatives when there are several", () => {
    expect(inPromql(["chat", "help"], { multi: true })).toBe("(chat|help)");
    expect(inPromql(["chat"], { multi: true })).toBe("chat");
  });

  it("mean themselves in a regular expression", () => {
    expect(inPromql(["v1.2", 'a"b'], { multi: true })).toBe('(v1\\\\.2|a\\"b)');
  });

  it("are only quoted where one value is all there can be", () => {
    expect(inPromql('a"b.c', {})).toBe('a\\"b.c');
    expect(inPromql(5, {})).toBe("5");
  });
});
