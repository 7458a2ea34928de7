import {
  AFFECTED_SESSIONS,
  bucketCount,
  CLOSES,
  COLLECTOR_BATCHES,
  COLLECTOR_LEFT_OUT,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_REFUSALS,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECTION_DURATION,
  DEFAULT_CATALOG,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  type Histogram,
  labelCombinations,
  type Metric,
  SESSIONS_STARTED,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import type { CounterDelta, HistogramDelta } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { keptConnectionDuration } from "./testing/kept-name.test-support.ts";
import { TestPage } from "./testing/page.test-support.ts";
import { ReleasedPage, releasedVersions, startReleasedCollector } from "./testing/released.test-support.ts";
import { scrape } from "./testing/scrape.test-support.ts";
import { startTestCollector } from "./testing/start.test-support.ts";

/** The series of a metric that are not zero. */
function seriesOf({ name }: Metric, exposed: Map<string, number>): Record<string, number> {
  return Object.fromEntries(
    [...exposed].filter(([series, value]) => series.startsWith(`${name}{`) && value !== 0),
  );
}

/** The life of a page with sockets that open, fail, are closed for the token, are cut, and are left. */
async function livePage(page: ReleasedPage): Promise<void> {
  page.attempt().end(1006);
  const rejected = page.connect();
  rejected.send('{"type":"client_hello","thread_id":"t"}');
  rejected.receive('{"type":"rehydration","thread_id":"t"}');
  page.pass(2000);
  rejected.end(4401);
  await page.flush();
  const cut = page.connect();
  page.pass(300_800);
  cut.end(1006);
  await page.flush();
  page.connect();
  page.pass(7200);
  await page.leave();
}

describe.each(releasedVersions())("pages with the SDK of release %s", (version) => {
  it("are accepted, and nothing of theirs is refused or lost", async () => {
    const { ingestUrl, adminUrl } = await startTestCollector();
    const page = await ReleasedPage.start(version, ingestUrl);
    await livePage(page);
    const exposed = await scrape(adminUrl);
    expect(page.answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(seriesOf(COLLECTOR_REFUSALS, exposed)).toEqual({});
    expect(seriesOf(TELEMETRY_LOST, exposed)).toEqual({});
    expect(seriesOf(COLLECTOR_BATCHES, exposed)).toEqual({
      [`${COLLECTOR_BATCHES.name}{app="chat",result="accepted"}`]: 3,
    });
    expect(exposed.get(`${SESSIONS_STARTED.name}{app="chat"}`)).toBe(1);
    expect(exposed.get(`${CONNECT_DURATION.name}_count{app="chat"}`)).toBe(3);
  });
});

describe.each(releasedVersions())("the collector of release %s", (version) => {
  it("accepts everything that pages can say now", async () => {
    const { ingestUrl, exposed } = await startReleasedCollector(version);
    const { counters, histograms } = everything();
    const page = new TestPage(ingestUrl, 1);
    expect((await page.send(1, { counters })).status).toBe(204);
    expect((await page.send(2, { histograms, leaving: true })).status).toBe(204);
    expect(seriesOf(COLLECTOR_REFUSALS, exposed())).toEqual({});
  });
});

/** One entry of each metric that pages may report, with the first labels that it can have. */
function everything(): { counters: CounterDelta[]; histograms: HistogramDelta[] } {
  const entries = DEFAULT_CATALOG.clientMetrics.flatMap((documented) => {
    const { metric } = documented;
    const [labels = {}] = labelCombinations(documented);
    return metric.type === "counter" || metric.type === "histogram" ? [{ metric, labels }] : [];
  });
  return {
    counters: entries.flatMap(({ metric: { type, name }, labels }) =>
      type === "counter" ? [{ name, labels, delta: 1 }] : [],
    ),
    histograms: entries.flatMap(({ metric, labels }) =>
      metric.type === "histogram" ? [observation(metric, labels)] : [],
    ),
  };
}

/** One observation in the first bucket. */
function observation({ name, layout }: Histogram, labels: HistogramDelta["labels"] = {}): HistogramDelta {
  const counts = Array.from({ length: bucketCount(layout) }, (_, bucket) => (bucket === 0 ? 1 : 0));
  return { name, labels, layout: layout.id, counts, sum: 0 };
}

describe("release 0.1.0", () => {
  it("has what it says and can still be understood counted, and its closes, which do not say who ended them, left out", async () => {
    const { ingestUrl, adminUrl } = await startTestCollector();
    await livePage(await ReleasedPage.start("0.1.0", ingestUrl));
    const exposed = await scrape(adminUrl);
    expect(seriesOf(CONNECT_ATTEMPTS, exposed)).toEqual({
      [`${CONNECT_ATTEMPTS.name}{app="chat",outcome="opened",trigger="initial"}`]: 3,
      [`${CONNECT_ATTEMPTS.name}{app="chat",outcome="failed",trigger="initial"}`]: 1,
    });
    expect(seriesOf(FRAMES_SENT, exposed)).toEqual({
      [`${FRAMES_SENT.name}{app="chat",event="client_hello"}`]: 1,
    });
    expect(seriesOf(FRAMES_RECEIVED, exposed)).toEqual({
      [`${FRAMES_RECEIVED.name}{app="chat",event="rehydration"}`]: 1,
    });
    const kept = keptConnectionDuration();
    expect(exposed.get(`${kept}_bucket{app="chat",le="1"}`)).toBe(0);
    expect(exposed.get(`${kept}_bucket{app="chat",le="5"}`)).toBe(1);
    expect(exposed.get(`${kept}_bucket{app="chat",le="300"}`)).toBe(2);
    expect(exposed.get(`${kept}_bucket{app="chat",le="600"}`)).toBe(3);
    expect(exposed.get(`${kept}_sum{app="chat"}`)).toBe(310);
    expect(exposed.get(`${CONNECTION_DURATION.name}_count{app="chat"}`)).toBe(0);
    expect(seriesOf(CLOSES, exposed)).toEqual({});
    expect(seriesOf(COLLECTOR_LEFT_OUT, exposed)).toEqual({
      [`${COLLECTOR_LEFT_OUT.name}{app="chat",reason="unknown_label"}`]: 4,
    });
    // Attempts, their durations, connections' durations and frames.
    expect(exposed.get(`${COLLECTOR_MEASUREMENTS.name}{app="chat"}`)).toBe(4 + 3 + 3 + 2);
  });

  it("counts what it knows of today's pages, and leaves out the rest", async () => {
    const { ingestUrl, exposed } = await startReleasedCollector("0.1.0");
    const attempt = { name: CONNECT_ATTEMPTS.name, delta: 1 };
    const page = new TestPage(ingestUrl, 1);
    const { status } = await page.send(1, {
      leaving: true,
      counters: [
        { ...attempt, labels: { outcome: "opened", trigger: "initial" } },
        { ...attempt, labels: { outcome: "rejected", trigger: "initial" } },
        { name: CLOSES.name, labels: { code: "4401", phase: "opened", ended_by: "peer" }, delta: 1 },
        { name: AFFECTED_SESSIONS.name, labels: { code: "4401" }, delta: 1 },
      ],
      histograms: [observation(CONNECT_DURATION), observation(CONNECTION_DURATION)],
    });
    expect(status).toBe(204);
    const now = exposed();
    expect(seriesOf(CONNECT_ATTEMPTS, now)).toEqual({
      [`${CONNECT_ATTEMPTS.name}{app="chat",outcome="opened",trigger="initial"}`]: 1,
    });
    expect(now.get(`${CONNECT_DURATION.name}_count{app="chat"}`)).toBe(1);
    expect(now.get(`${CONNECTION_DURATION.name}_count{app="chat"}`)).toBe(0);
    expect(seriesOf(COLLECTOR_LEFT_OUT, now)).toEqual({
      [`${COLLECTOR_LEFT_OUT.name}{reason="unknown_label_value"}`]: 1,
      [`${COLLECTOR_LEFT_OUT.name}{reason="unknown_label"}`]: 1,
      [`${COLLECTOR_LEFT_OUT.name}{reason="unknown_metric"}`]: 1,
      [`${COLLECTOR_LEFT_OUT.name}{reason="unknown_layout"}`]: 1,
    });
    expect(seriesOf(COLLECTOR_REFUSALS, now)).toEqual({});
  });
});
