import { describe, expect, it } from "vitest";
import { UsageError } from "../usage-error.ts";
import { parseMoment } from "./moment.ts";

const NOW = Date.parse("2026-01-02T00:00:00Z") / 1000;

describe("parseMoment", () => {
  it.each([
    ["15m", NOW - 900],
    ["2h", NOW - 7200],
    ["1d", NOW - 86_400],
    ["2026-01-01T23:00Z", NOW - 3600],
    ["2026-01-02T00:30:00+01:00", NOW - 1800],
    [String(NOW - 1), NOW - 1],
  ])("reads %s", (text, seconds) => {
    expect(parseMoment(text, NOW)).toBe(seconds);
  });

  it.each(["", "yesterday", "2026-01-01T23:00", "2026-13-01T00:00Z", "-15m"])("refuses %j", (text) => {
    expect(() => parseMoment(text, NOW)).toThrow(UsageError);
    expect(() => parseMoment(text, NOW)).toThrow("use a time with its zone");
  });

  it("refuses what is to come", () => {
    expect(() => parseMoment("2026-01-03T00:00Z", NOW)).toThrow("use a time that has been");
  });
});
