import {
  COLLECTOR_BATCHES,
  COLLECTOR_REFUSALS,
  DEFAULT_CATALOG,
  type LabelSet,
  type Metric,
} from "@sockscope/catalog";
import type { RefusalCode } from "@sockscope/catalog/protocol";
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

  it.each<[code: RefusalCode, batches: number]>([
    ["SOCKSCOPE_ERR_PATH", 0],
    ["SOCKSCOPE_ERR_METHOD", 0],
    ["SOCKSCOPE_ERR_HTTP", 0],
    ["SOCKSCOPE_ERR_BODY_TIMEOUT", 0],
    ["SOCKSCOPE_ERR_KEY", 1],
    ["SOCKSCOPE_ERR_BATCH", 1],
    ["SOCKSCOPE_ERR_SESSIONS_FULL", 1],
  ])("counts a request that is refused with %s as %d refused batch", (code, batches) => {
    const { registry, counters } = createCounters();
    counters.countRefusal("chat", code);
    const counted = (metric: Metric, labels: LabelSet) => registry.values[registry.slotOf(metric, labels)];
    expect(counted(COLLECTOR_REFUSALS, { app: "chat", code })).toBe(1);
    expect(counted(COLLECTOR_BATCHES, { app: "chat", result: "refused" })).toBe(batches);
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
