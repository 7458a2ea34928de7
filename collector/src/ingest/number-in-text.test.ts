import { describe, expect, it } from "vitest";
import { numberFromZeroIn, wholeNumberIn } from "./number-in-text.ts";

describe("wholeNumberIn", () => {
  it.each([
    ["0", 0],
    ["1000000", 1_000_000],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
  ])("reads %s", (text, number) => {
    expect(wholeNumberIn(text)).toBe(number);
  });

  it("keeps what is too large to be exact above what is not", () => {
    for (const text of ["9007199254740992", "9007199254740993", "9999999999999999"])
      expect(wholeNumberIn(text)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  });

  it("reads a part of a text", () => {
    expect(wholeNumberIn("12:345,6", 3, 6)).toBe(345);
  });

  it.each(["", "-1", "+1", "1.0", "1e3", "0x1", " 1", "1 ", "Infinity", "١", "00000000000000001"])(
    "reads nothing in %j",
    (text) => {
      expect(wholeNumberIn(text)).toBeNaN();
    },
  );
});

describe("numberFromZeroIn", () => {
  it.each([0, 0.031, 86_399.123_456, 1e-7, 1.5e21, Number.MAX_VALUE, Number.MIN_VALUE])(
    "reads %d as JavaScript prints it",
    (number) => {
      expect(numberFromZeroIn(String(number))).toBe(number);
    },
  );

  it.each(["", "-1", "-0", "+1", ".5", "5.", "0x1f", "1e5", "1e+999", "Infinity", "NaN", "1 ", "1_0"])(
    "reads nothing in %j",
    (text) => {
      expect(numberFromZeroIn(text)).toBeNaN();
    },
  );
});
