import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { OwnCounters } from "./own-counters.ts";
import { Registry } from "./registry.ts";

function createCounters() {
  const registry = new Registry(DEFAULT_CATALOG.collectorMetrics, { configured: { app: ["chat"] } });
  return { registry, counters: new OwnCounters(registry) };
}

describe("OwnCounters", () => {
  it.each([
    ["an accepted batch", (counters: OwnCounters) => void counters.ofAccepted("nobody", 1, [])],
    ["a duplicate", (counters: OwnCounters) => counters.countDuplicate("nobody")],
    ["a duplicate that names no app", (counters: OwnCounters) => counters.countDuplicate("other")],
    ["a refusal", (counters: OwnCounters) => counters.countRefusal("nobody", "SOCKSCOPE_ERR_KEY")],
  ])("throws instead of counting %s of an app that it does not know", (_what, count) => {
    const { registry, counters } = createCounters();
    expect(() => count(counters)).toThrow(RangeError);
    expect(registry.values.every((value) => value === 0)).toBe(true);
  });

  it("counts each reason for which something was left out", () => {
    const { slots, amounts } = createCounters().counters.ofAccepted("chat", 7, [
      "unknown_label",
      "unknown_label",
    ]);
    expect(slots).toHaveLength(4);
    expect(slots[2]).toBe(slots[3]);
    expect(amounts).toEqual([1, 7, 1, 1]);
  });
});
