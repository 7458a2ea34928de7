import { describe, expect, it } from "vitest";
import { minuteOf } from "./minute.ts";

const arrival = (at: number, bodyBytes: number) => ({ at, bodyBytes, bytes: bodyBytes + 500 });

describe("what a page sends in a minute", () => {
  it("is what it sent after its first batch, per time between first and last", () => {
    const arrivals = [arrival(7_000, 9_999), arrival(17_000, 100), arrival(37_000, 200)];
    expect(minuteOf(arrivals, 30_000)).toEqual({ bodyBytes: 600, bytes: 2_600 });
  });

  it("is not known while it has not sent for long enough, or but once", () => {
    expect(minuteOf([arrival(0, 1), arrival(29_999, 1)], 30_000)).toBeUndefined();
    expect(minuteOf([arrival(40_000, 1)], 30_000)).toBeUndefined();
    expect(minuteOf([], 30_000)).toBeUndefined();
  });
});
