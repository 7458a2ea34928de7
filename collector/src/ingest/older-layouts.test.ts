import {
  APP,
  CONNECTION_DURATION,
  CONNECTION_LAYOUT,
  CONNECTION_LAYOUT_1,
  DEFAULT_CATALOG,
  type Histogram,
} from "@sockscope/catalog";
import { histogramLine } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { Exposition } from "../expose/exposition.ts";
import { clientFamilies } from "../registry/declared-families.ts";
import type { FamilyDeclaration } from "../registry/family.ts";
import { Registry } from "../registry/registry.ts";
import { batchText } from "../testing/batches.test-support.ts";
import { keptConnectionDuration } from "../testing/kept-name.test-support.ts";
import { seriesOf } from "../testing/lines.test-support.ts";
import { parseExposition } from "../testing/scrape.test-support.ts";
import { parseBatch } from "./parse-batch.ts";
import { reportedFamilies } from "./reported-families.ts";
import { resolveBatch } from "./resolve-batch.ts";

const WAITS: Histogram<{ app: string; kind: string }> = {
  type: "histogram",
  name: "ws_client_waits_seconds",
  labels: { app: APP, kind: ["long", "short"] },
  layout: { id: "waits-3", bounds: [1, 10], max: 100 },
};
const NESTED = { id: "waits-1", bounds: [0.5, 1, 5, 10, 20], max: 100 };
const CROSSING = { id: "waits-2", bounds: [2], max: 100 };
const DECLARED: FamilyDeclaration = {
  metric: WAITS,
  help: "Waits.",
  impossible: [{ kind: "long" }],
  olderLayouts: [{ layout: CROSSING, keptAs: "ws_client_waits_seconds_layout_2" }, { layout: NESTED }],
};

/** What is exposed other than zero after one batch with these histograms, and what was left out. */
function accept(declarations: readonly FamilyDeclaration[], lines: readonly string[]) {
  const registry = new Registry(declarations, { configured: { app: ["other-app", "chat"] } });
  const { closeCodeLabel } = DEFAULT_CATALOG;
  const reported = reportedFamilies(registry, declarations, closeCodeLabel);
  const resolved = resolveBatch(parseBatch(batchText(1, { lines })), reported, { app: 1, release: 0 });
  registry.apply(registry.checked(resolved));
  const text = new Exposition(registry).render().toString();
  const exposed = [...parseExposition(text)].filter(([, value]) => value !== 0);
  return { text, exposed: Object.fromEntries(exposed), ...resolved };
}

function waits(layout: string, counts: readonly number[], sum: number, kind = "short"): string {
  return histogramLine(seriesOf(WAITS, { kind }), layout, counts, sum);
}

describe("a histogram in an older layout", () => {
  it("counts in the newest, bucket for bucket and with its very sum, where its buckets nest", () => {
    const { exposed, measurements } = accept(
      [DECLARED],
      [waits("waits-1", [1, 2, 4, 8, 16, 32], 2077.123456789)],
    );
    const labels = 'app="chat",kind="short"';
    expect(exposed).toEqual({
      [`${WAITS.name}_bucket{${labels},le="1"}`]: 3,
      [`${WAITS.name}_bucket{${labels},le="10"}`]: 15,
      [`${WAITS.name}_bucket{${labels},le="+Inf"}`]: 63,
      [`${WAITS.name}_sum{${labels}}`]: 2077.123456789,
      [`${WAITS.name}_count{${labels}}`]: 63,
    });
    expect(measurements).toBe(63);
  });

  it("counts in the histogram that it stays, where they do not", () => {
    const { exposed } = accept([DECLARED], [waits("waits-2", [1, 2], 7.7)]);
    const labels = 'app="chat",kind="short"';
    expect(exposed).toEqual({
      [`ws_client_waits_seconds_layout_2_bucket{${labels},le="2"}`]: 1,
      [`ws_client_waits_seconds_layout_2_bucket{${labels},le="+Inf"}`]: 3,
      [`ws_client_waits_seconds_layout_2_sum{${labels}}`]: 7.7,
      [`ws_client_waits_seconds_layout_2_count{${labels}}`]: 3,
    });
  });

  it("has to have the counts and a sum of its own layout", () => {
    const refused = expect.objectContaining({ code: "SOCKSCOPE_ERR_BATCH" });
    expect(() => accept([DECLARED], [waits("waits-2", [0, 0, 1], 20)])).toThrow(refused);
    expect(() => accept([DECLARED], [waits("waits-1", [1, 0, 0, 0, 0, 0], 0.75)])).toThrow(refused);
  });

  it("is the same series as the newest: both in one batch are refused", () => {
    const both = [waits("waits-2", [1, 0], 1), waits("waits-3", [1, 0, 0], 1)];
    expect(() => accept([DECLARED], both)).toThrow(expect.objectContaining({ code: "SOCKSCOPE_ERR_BATCH" }));
  });

  it("is left out when the layout is unknown", () => {
    const { exposed, leftOut } = accept([DECLARED], [waits("waits-9", [1], 1)]);
    expect([exposed, leftOut]).toEqual([{}, ["unknown_layout"]]);
  });

  it("cannot have a combination of labels that the metric cannot have", () => {
    const { leftOut } = accept([DECLARED], [waits("waits-2", [1, 0], 1, "long")]);
    expect(leftOut).toEqual(["impossible_labels"]);
  });

  it("makes the collector fail at its start when it neither nests nor stays", () => {
    const wrong = { ...DECLARED, olderLayouts: [{ layout: CROSSING }] };
    expect(() => accept([wrong], [])).toThrow("waits-2 does not nest in waits-3");
  });
});

describe("a connection duration in the layout connection-1", () => {
  it("stays a histogram of its own, with its own help, next to the newest", () => {
    const zeros = CONNECTION_LAYOUT_1.bounds.map(() => 0);
    const counts = [...zeros, 0].map((_, bucket) =>
      bucket === CONNECTION_LAYOUT_1.bounds.indexOf(600) ? 1 : 0,
    );
    const line = histogramLine(seriesOf(CONNECTION_DURATION), "connection-1", counts, 300.8);
    const { text, exposed } = accept(clientFamilies(DEFAULT_CATALOG), [line]);
    const name = keptConnectionDuration();
    expect(exposed).toMatchObject({
      [`${name}_bucket{app="chat",le="600"}`]: 1,
      [`${name}_sum{app="chat"}`]: 300.8,
      [`${name}_count{app="chat"}`]: 1,
    });
    expect(Object.keys(exposed).filter((series) => !series.startsWith(name))).toEqual([]);
    expect(text).toMatch(new RegExp(`^# HELP ${name} Time a connection was open.*connection-1`, "m"));
    expect(text).toContain(`# TYPE ${name} histogram`);
    expect(text).toContain(
      `${CONNECTION_DURATION.name}_bucket{app="chat",le="${CONNECTION_LAYOUT.bounds[0]}"} 0`,
    );
  });
});
