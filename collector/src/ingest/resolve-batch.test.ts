import {
  AFFECTED_SESSIONS,
  type BucketLayout,
  CLOSES,
  COLLECTOR_SEQUENCE_GAPS,
  CONNECT_DURATION,
  DEFAULT_CATALOG,
  DUPLICATES_DROPPED,
  SESSIONS_ACTIVE,
  SESSIONS_STARTED,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import type { Batch, CounterDelta, HistogramDelta } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { clientFamilies, declaredFamilies } from "../registry/declared-families.ts";
import { Registry } from "../registry/registry.ts";
import { keptConnectionDuration } from "../testing/kept-name.test-support.ts";
import { plausibleSum } from "./histogram-sum.ts";
import { reportedFamilies } from "./reported-families.ts";
import { resolveBatch } from "./resolve-batch.ts";

const TWO_APPS = { configured: { app: ["chat", "support"] } };
const registry = new Registry(declaredFamilies(DEFAULT_CATALOG), TWO_APPS);
const families = reportedFamilies(registry, clientFamilies(DEFAULT_CATALOG));
const CLOSED = { code: "1006", phase: "opened", ended_by: "network" };
const CHAT = { app: 0, release: 0 };
const SUPPORT = { app: 1, release: 0 };

function batch(counters: CounterDelta[], histograms: HistogramDelta[] = []): Batch {
  return { version: 1, seq: 1, closed_ms_ago: 0, counters, histograms };
}

function histogram(overrides: Partial<HistogramDelta> = {}): HistogramDelta {
  const counts = [...CONNECT_DURATION.layout.bounds.map(() => 0), 1];
  return {
    name: CONNECT_DURATION.name,
    labels: {},
    layout: CONNECT_DURATION.layout.id,
    counts,
    sum: 60,
    ...overrides,
  };
}

describe("resolveBatch", () => {
  it("finds the slot of a counter of the second app", () => {
    const resolved = resolveBatch(
      batch([{ name: CLOSES.name, labels: CLOSED, delta: 3 }]),
      families,
      SUPPORT,
    );
    const slot = registry.slotOf(CLOSES, { app: "support", ...CLOSED });
    expect(resolved).toEqual({ slots: [slot], amounts: [3], measurements: 3, leftOut: [] });
  });

  it("finds the slots of a histogram's occupied buckets and of its sum", () => {
    const { slots, amounts, measurements } = resolveBatch(batch([], [histogram()]), families, SUPPORT);
    const first = registry.slotOf(CONNECT_DURATION, { app: "support" });
    const infinite = first + CONNECT_DURATION.layout.bounds.length;
    expect(slots).toEqual([infinite, infinite + 1]);
    expect([amounts, measurements]).toEqual([[1, 60], 1]);
  });

  it.each([
    ["unknown_metric", { name: "ws_client_nope_total", labels: {} }],
    ["unknown_metric", { name: SESSIONS_ACTIVE.name, labels: {} }],
    ["unknown_metric", { name: SESSIONS_STARTED.name, labels: {} }],
    ["unknown_metric", { name: keptConnectionDuration(), labels: {} }],
    ["unknown_metric", { name: COLLECTOR_SEQUENCE_GAPS.name, labels: {} }],
    ["unknown_label", { name: CLOSES.name, labels: { code: "1006" } }],
    ["unknown_label", { name: CLOSES.name, labels: { ...CLOSED, app: "chat" } }],
    ["unknown_label", { name: CLOSES.name, labels: { code: "1006", phase: "opened", app: "chat" } }],
    ["unknown_metric", { name: DUPLICATES_DROPPED.name, labels: {} }],
    ["unknown_label_value", { name: CLOSES.name, labels: { ...CLOSED, code: "constructor" } }],
    ["impossible_labels", { name: CLOSES.name, labels: { ...CLOSED, ended_by: "peer" } }],
    ["impossible_labels", { name: AFFECTED_SESSIONS.name, labels: { code: "1000" } }],
  ])("leaves out as %s: %j", (reason, entry) => {
    const resolved = resolveBatch(batch([{ ...entry, delta: 1 }]), families, CHAT);
    expect(resolved).toEqual({ slots: [], amounts: [], measurements: 0, leftOut: [reason] });
  });

  it("does not take what was lost for a measurement", () => {
    const lost = { name: TELEMETRY_LOST.name, labels: { where: "queue" }, delta: 5 };
    const resolved = resolveBatch(batch([lost]), families, CHAT);
    expect([resolved.amounts, resolved.measurements]).toEqual([[5], 0]);
  });

  it("leaves out a layout that it does not know, and does not look at its counts", () => {
    const { leftOut } = resolveBatch(
      batch([], [histogram({ layout: "connect-9", counts: [1] })]),
      families,
      CHAT,
    );
    expect(leftOut).toEqual(["unknown_layout"]);
  });

  it.each<[problem: string, batch: Batch]>([
    ["a counter among the histograms", batch([], [histogram({ name: CLOSES.name, labels: CLOSED })])],
    ["a histogram among the counters", batch([{ name: CONNECT_DURATION.name, labels: {}, delta: 1 }])],
    [
      "a counter that is there twice",
      batch([
        { name: CLOSES.name, labels: CLOSED, delta: 1 },
        { name: CLOSES.name, labels: CLOSED, delta: 1 },
      ]),
    ],
    ["a histogram that is there twice", batch([], [histogram(), histogram()])],
    ["counts that do not fit the layout", batch([], [histogram({ counts: [1] })])],
    ["a sum below its buckets", batch([], [histogram({ sum: 29 })])],
    ["a sum above its buckets", batch([], [histogram({ sum: CONNECT_DURATION.layout.max + 1 })])],
  ])("refuses %s", (_problem, malformed) => {
    expect(() => resolveBatch(malformed, families, CHAT)).toThrow(
      expect.objectContaining({ code: "SOCKSCOPE_ERR_BATCH" }),
    );
  });
});

describe("plausibleSum", () => {
  const layout: BucketLayout = { id: "test-1", bounds: [0.1, 1], max: 10 };

  it("accepts the limits of what the buckets allow", () => {
    expect(plausibleSum(0.1, [0, 1, 0], layout)).toBe(0.1);
    expect(plausibleSum(1, [0, 1, 0], layout)).toBe(1);
    expect(plausibleSum(10, [0, 0, 1], layout)).toBe(10);
  });

  it("brings a sum that only rounding put outside back to the limit", () => {
    const rounded = Array.from({ length: 1000 }, () => 0.1).reduce((sum, value) => sum + value, 0);
    expect(rounded).not.toBe(100);
    expect(plausibleSum(rounded, [1000, 0, 0], layout)).toBeLessThanOrEqual(100);
    expect(plausibleSum(-1e-12, [1, 0, 0], layout)).toBe(0);
  });

  it.each([-0.01, 0.11])("does not accept %d for one observation of at most 0.1", (sum) => {
    expect(plausibleSum(sum, [1, 0, 0], layout)).toBeUndefined();
  });
});
