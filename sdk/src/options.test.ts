import { KEEP_ALIVE_MS } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { baseUrl, MIN_FLUSH_INTERVAL_MS, mistakeIn, type SockscopeOptions } from "./options.ts";

const GOOD = { collector: "https://collector.example", app: "chat" };

function mistake(options: object): string | undefined {
  return mistakeIn({ ...GOOD, ...options } as SockscopeOptions);
}

describe("options", () => {
  it("keep the collector's path and lose the slashes at its end", () => {
    expect(baseUrl("https://chat.example/telemetry//")).toBe("https://chat.example/telemetry");
  });

  it.each([
    { collector: undefined },
    { collector: "" },
    { collector: "/telemetry" },
    { collector: "telemetry.example.com" },
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
    { sampleRate: -0.1 },
    { sampleRate: 1.1 },
    { sampleRate: "1" },
    { consent: "false" },
    { beforeSend: "x" },
    { onProblem: {} },
    { probe: "/healthz" },
    { storage: true },
    { sinks: {} },
    { sinks: [null] },
    { host: {} },
    { closeCodes: null },
    { closeCodes: { 4001: "rubbish" } },
    { closeCodes: { 1006: "nothing" } },
    { closeCodes: { 5000: "nothing" } },
    { frames: null },
    { frames: { recieved: ["a"] } },
    { frames: { received: ["a b"] } },
    { frames: { sent: [42] } },
    { frames: ["x"] },
  ])("that cannot work are named with their value: %o", (options) => {
    const [option, value] = Object.entries(options)[0] ?? [];
    const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
    expect(mistake(options)).toContain(`the option ${option} is ${shown};`);
  });

  it.each([
    { flushIntervalMs: MIN_FLUSH_INTERVAL_MS },
    { flushIntervalMs: KEEP_ALIVE_MS },
    { sampleRate: 0 },
    { sampleRate: 1 },
    { key: "pk", release: "1.0" },
    { consent: false, beforeSend: () => false, onProblem: () => {} },
    { frames: { received: ["order_filled"], sent: [] }, closeCodes: { 4001: "error" } },
    { frames: {}, closeCodes: {}, sinks: [{}] },
    { frames: { received: undefined } },
  ])("may be %o", (options) => {
    expect(mistake(options)).toBeUndefined();
  });
});
