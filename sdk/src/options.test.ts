import { KEEP_ALIVE_MS } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { checkedCollector, MIN_FLUSH_INTERVAL_MS, type SockscopeOptions } from "./options.ts";
import { SockscopeOptionsError } from "./options-error.ts";

const GOOD = { collector: "https://collector.example", app: "chat" };

function errorOf(options: object): unknown {
  try {
    checkedCollector({ ...GOOD, ...options } as SockscopeOptions);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("checkedCollector", () => {
  it("keeps a path and takes slashes off the end", () => {
    const collector = "https://chat.example/telemetry//";
    expect(checkedCollector({ ...GOOD, collector })).toBe("https://chat.example/telemetry");
  });

  it.each([
    { collector: undefined },
    { collector: "" },
    { collector: "/telemetry" },
    { collector: "ftp://collector.example" },
    { collector: "https://user:pass@collector.example" },
    { collector: "https://collector.example/?a=b" },
    { collector: "https://collector.example/#a" },
    { app: "" },
    { app: undefined },
    { app: "\ud800" },
    { key: "" },
    { key: 7 },
    { release: "" },
    { release: "x".repeat(65) },
    { flushIntervalMs: NaN },
    { flushIntervalMs: MIN_FLUSH_INTERVAL_MS - 1 },
    { flushIntervalMs: KEEP_ALIVE_MS + 1 },
    { flushIntervalMs: 10n },
  ])("refuses %o, naming the option and its value", (options) => {
    const error = errorOf(options);
    expect(error).toBeInstanceOf(SockscopeOptionsError);
    const [option, value] = Object.entries(options)[0] ?? [];
    const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
    expect(error).toMatchObject({ name: "SockscopeOptionsError", code: "SOCKSCOPE_ERR_OPTIONS" });
    expect((error as Error).message).toContain(`the option ${option} is ${shown};`);
  });

  it("accepts the limits of the flush interval", () => {
    expect(errorOf({ flushIntervalMs: MIN_FLUSH_INTERVAL_MS })).toBeUndefined();
    expect(errorOf({ flushIntervalMs: KEEP_ALIVE_MS })).toBeUndefined();
  });
});
