import {
  AFFECTED_SESSIONS,
  type BucketLayout,
  CLOSES,
  COLLECTOR_SEQUENCE_GAPS,
  CONNECT_DURATION,
  type Counter,
  createCatalog,
  SESSIONS_ACTIVE,
  SESSIONS_STARTED,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import {
  counterLine,
  histogramLine,
  MAX_BATCH_BYTES,
  MAX_DELTA,
  wireName,
} from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { clientFamilies, declaredFamilies } from "../registry/declared-families.ts";
import { Registry } from "../registry/registry.ts";
import { batchText } from "../testing/batches.test-support.ts";
import { keptConnectionDuration } from "../testing/kept-name.test-support.ts";
import { seriesOf } from "../testing/lines.test-support.ts";
import { plausibleSum } from "./histogram-sum.ts";
import { parseBatch } from "./parse-batch.ts";
import { reportedFamilies } from "./reported-families.ts";
import { type ResolvedBatch, resolveBatch } from "./resolve-batch.ts";

/** Of a deployment: its label `code` is no close code. */
const COUPONS: Counter<{ code: string; shop: string }> = {
  type: "counter",
  name: "coupons_total",
  labels: { code: ["10%/off", "4xxx"], shop: ["a", "b c"] },
};
const CATALOG = createCatalog({
  closeCodes: { 4001: { name: "signed in elsewhere", meaning: "Signed in elsewhere.", userSees: "error" } },
  hasReleases: true,
  metrics: [{ symbol: "COUPONS", metric: COUPONS, help: "h", unit: "u", readAs: "", doNot: "" }],
});
const registry = new Registry(declaredFamilies(CATALOG), {
  configured: { app: ["chat", "support"], release: ["r1", "r2"] },
});
const reported = reportedFamilies(registry, clientFamilies(CATALOG), CATALOG.closeCodeLabel);
const CLOSED = { code: "1006", phase: "opened", ended_by: "network" };
const CHAT = { app: 0, release: 2 };
const SUPPORT = { app: 1, release: 1 };
const OF_CHAT = { app: "chat", release: "other" };
const OF_SUPPORT = { app: "support", release: "r2" };

function resolve(lines: readonly string[], source = CHAT): ResolvedBatch {
  return resolveBatch(parseBatch(batchText(1, { lines })), reported, source);
}

function closesWith(code: string): string {
  return seriesOf(CLOSES, { code, phase: "opened", ended_by: "peer" });
}

function slotWith(code: string): number {
  return registry.slotOf(CLOSES, { ...OF_CHAT, code, phase: "opened", ended_by: "peer" });
}

function histogram({ layout = CONNECT_DURATION.layout.id, bucket = 11, sum = 60 } = {}): string {
  const counts = Array.from({ length: bucket + 1 }, (_, index) => (index === bucket ? 1 : 0));
  return histogramLine(seriesOf(CONNECT_DURATION), layout, counts, sum);
}

describe("resolveBatch", () => {
  it("finds the slot of a counter of the second app and release", () => {
    const resolved = resolve([counterLine(seriesOf(CLOSES, CLOSED), 3)], SUPPORT);
    const slot = registry.slotOf(CLOSES, { ...OF_SUPPORT, ...CLOSED });
    expect(resolved).toEqual({ slots: [slot], amounts: [3], measurements: 3, leftOut: [] });
  });

  it("finds the slots of a histogram's occupied buckets and of its sum", () => {
    const { slots, amounts, measurements } = resolve([histogram()], SUPPORT);
    const first = registry.slotOf(CONNECT_DURATION, OF_SUPPORT);
    const infinite = first + CONNECT_DURATION.layout.bounds.length;
    expect(slots).toEqual([infinite, infinite + 1]);
    expect([amounts, measurements]).toEqual([[1, 60], 1]);
  });

  it("finds a value that has to be percent-encoded", () => {
    const labels = { code: "10%/off", shop: "b c" };
    const { slots } = resolve([counterLine(seriesOf(COUPONS, labels), 1)]);
    expect(slots).toEqual([registry.slotOf(COUPONS, { ...OF_CHAT, ...labels })]);
  });

  it.each([
    ["unknown_metric", ".nope"],
    ["unknown_metric", ".nope/4401/opened/peer"],
    ["unknown_metric", "/4401/opened/peer"],
    ["unknown_metric", wireName(SESSIONS_ACTIVE.name)],
    ["unknown_metric", wireName(SESSIONS_STARTED.name)],
    ["unknown_metric", wireName(keptConnectionDuration())],
    ["unknown_metric", wireName(COLLECTOR_SEQUENCE_GAPS.name)],
    ["unknown_label", wireName(CLOSES.name)],
    ["unknown_label", `${wireName(CLOSES.name)}/1006/opened`],
    ["unknown_label", `${wireName(CLOSES.name)}/1006/opened/network/`],
    ["unknown_label", `${wireName(CLOSES.name)}/chat/other/1006/opened/network`],
    ["unknown_label", `${wireName(CLOSES.name)}${"/".repeat(10_000)}`],
    ["unknown_label_value", `${wireName(CLOSES.name)}/constructor/opened/network`],
    ["unknown_label_value", `${wireName(CLOSES.name)}//opened/network`],
    ["unknown_label_value", `${wireName(CLOSES.name)}/%/opened/network`],
    ["unknown_label_value", `${wireName(CLOSES.name)}/100600/opened/network`],
    ["unknown_label_value", `${wireName(CLOSES.name)}/-1/opened/network`],
    ["unknown_label_value", `${wireName(CLOSES.name)}/1006/%6Fpened/network`],
    ["unknown_label_value", `${wireName(COUPONS.name)}/4401/a`],
    ["impossible_labels", `${wireName(CLOSES.name)}/1006/opened/peer`],
    ["impossible_labels", `${wireName(CLOSES.name)}/4999/never_opened/peer`],
    ["impossible_labels", seriesOf(AFFECTED_SESSIONS, { code: "1000" })],
  ])("leaves out as %s: %s", (reason, series) => {
    expect(resolve([counterLine(series, 1)])).toEqual({
      slots: [],
      amounts: [],
      measurements: 0,
      leftOut: [reason],
    });
  });

  it("does not take what was lost for a measurement", () => {
    const { amounts, measurements } = resolve([counterLine(seriesOf(TELEMETRY_LOST, { where: "queue" }), 5)]);
    expect([amounts, measurements]).toEqual([[5], 0]);
  });

  it("leaves out a layout that it does not know, and does not look at its buckets", () => {
    expect(resolve([histogram({ layout: "connect-9", bucket: 5000 })]).leftOut).toEqual(["unknown_layout"]);
  });

  it.each<[problem: string, line: string]>([
    ["line 2 is a histogram; ws_client_closes_total is a counter", `${closesWith("4401")} l 0:1 0`],
    ["line 2 is a histogram; ws_client_closes_total is a counter", `${closesWith("nobody")} l 0:1 0`],
    [
      "line 2 is a counter; ws_client_connect_duration_seconds is a histogram",
      `${wireName(CONNECT_DURATION.name)} 1`,
    ],
    ["line 2 has a bucket 12; the last of connect-1 is 11", histogram({ bucket: 12 })],
    ["line 2 has the sum 29; its buckets cannot add up to that", histogram({ sum: 29 })],
    ["line 2 has the sum 86401; its buckets", histogram({ sum: CONNECT_DURATION.layout.max + 1 })],
  ])("refuses a batch, and says: %s", (problem, line) => {
    expect(() => resolve([line])).toThrow(
      expect.objectContaining({
        code: "SOCKSCOPE_ERR_BATCH",
        message: expect.stringContaining(problem),
        messageForLog: expect.stringContaining(problem),
      }),
    );
  });
});

describe("a close code as the page saw it", () => {
  it.each([
    ["4401", "4401"],
    ["4001", "4001"],
    ["4999", "4xxx"],
    ["3500", "3xxx"],
    ["2500", "unassigned"],
    ["1", "unassigned"],
    ["65535", "unassigned"],
    ["4xxx", "4xxx"],
  ])("%s counts as %s", (code, label) => {
    expect(resolve([counterLine(closesWith(code), 2)])).toEqual({
      slots: [slotWith(label)],
      amounts: [2],
      measurements: 2,
      leftOut: [],
    });
  });

  it("counts as its range among affected sessions, too", () => {
    const { slots } = resolve([counterLine(seriesOf(AFFECTED_SESSIONS, { code: "4999" }), 1)]);
    expect(slots).toEqual([registry.slotOf(AFFECTED_SESSIONS, { ...OF_CHAT, code: "4xxx" })]);
  });

  it("adds up with the others of its range in the same batch", () => {
    const { slots, amounts } = resolve(
      ["4998", "4999", "4xxx"].map((code) => counterLine(closesWith(code), 2)),
    );
    expect([slots, amounts]).toEqual([Array(3).fill(slotWith("4xxx")), [2, 2, 2]]);
  });

  it("adds up to no more than is exact, however many fit a body", () => {
    const most = MAX_BATCH_BYTES / counterLine(closesWith("4999"), MAX_DELTA).length;
    const codes = Array.from({ length: most }, (_, index) => String(index).padStart(5, "0"));
    const { measurements } = resolve(codes.map((code) => counterLine(closesWith(code), MAX_DELTA)));
    expect(Number.isSafeInteger(measurements)).toBe(true);
    expect(MAX_BATCH_BYTES * MAX_DELTA).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });
});

describe("plausibleSum", () => {
  const layout: BucketLayout = { id: "test-1", bounds: [0.1, 1], max: 10 };
  const inBucket = (bucket: number, count = 1) => ({ buckets: [bucket], counts: [count] });

  it("accepts the limits of what the buckets allow", () => {
    expect(plausibleSum(0.1, inBucket(1), layout)).toBe(0.1);
    expect(plausibleSum(1, inBucket(1), layout)).toBe(1);
    expect(plausibleSum(10, inBucket(2), layout)).toBe(10);
  });

  it("adds up the limits of all buckets", () => {
    const occupied = { buckets: [0, 2], counts: [2, 3] };
    expect(plausibleSum(3, occupied, layout)).toBe(3);
    expect(plausibleSum(30.2, occupied, layout)).toBe(30.2);
    expect(plausibleSum(2.9, occupied, layout)).toBeUndefined();
    expect(plausibleSum(30.3, occupied, layout)).toBeUndefined();
  });

  it("brings a sum that only rounding put outside back to the limit", () => {
    const rounded = Array.from({ length: 1000 }, () => 0.1).reduce((sum, value) => sum + value, 0);
    expect(rounded).not.toBe(100);
    expect(plausibleSum(rounded, inBucket(0, 1000), layout)).toBeLessThanOrEqual(100);
    expect(plausibleSum(-1e-12, inBucket(0), layout)).toBe(0);
  });

  it.each([-0.01, 0.11])("does not accept %d for one observation of at most 0.1", (sum) => {
    expect(plausibleSum(sum, inBucket(0), layout)).toBeUndefined();
  });
});
