import {
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
  labelCombinations,
  type Metric,
  SESSIONS_STARTED,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import { counterLine } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { keptConnectionDuration } from "./testing/kept-name.test-support.ts";
import { closeLine, seriesOf, zeroLine } from "./testing/lines.test-support.ts";
import { TestPage } from "./testing/page.test-support.ts";
import { ReleasedPage, releasedVersions, startReleasedCollector } from "./testing/released.test-support.ts";
import { scrape } from "./testing/scrape.test-support.ts";
import { startTestCollector } from "./testing/start.test-support.ts";

/** The series of a metric that are not zero. */
function movedSeries({ name }: Metric, exposed: Map<string, number>): Record<string, number> {
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
    expect(movedSeries(COLLECTOR_REFUSALS, exposed)).toEqual({});
    expect(movedSeries(TELEMETRY_LOST, exposed)).toEqual({});
    expect(movedSeries(COLLECTOR_BATCHES, exposed)).toEqual({
      [`${COLLECTOR_BATCHES.name}{app="chat",result="accepted"}`]: 3,
    });
    expect(exposed.get(`${SESSIONS_STARTED.name}{app="chat"}`)).toBe(1);
    expect(exposed.get(`${CONNECT_DURATION.name}_count{app="chat"}`)).toBe(3);
  });
});

describe.each(releasedVersions())("the collector of release %s", (version) => {
  it("accepts everything that pages can say now", async () => {
    const { ingestUrl, exposed } = await startReleasedCollector(version);
    const page = new TestPage(ingestUrl, 1);
    expect((await page.send(1, { lines: everything(), leaving: true })).status).toBe(204);
    expect(movedSeries(COLLECTOR_REFUSALS, exposed())).toEqual({});
  });
});

/** One line of each metric that pages may report, with the first labels that it can have. */
function everything(): string[] {
  return DEFAULT_CATALOG.clientMetrics.flatMap((documented) => {
    const { metric } = documented;
    const [labels = {}] = labelCombinations(documented);
    if (metric.type === "counter") return counterLine(seriesOf(metric, labels), 1);
    return metric.type === "histogram" ? zeroLine(metric, labels) : [];
  });
}

describe("release 0.1.0", () => {
  it("has all that it says counted, and its durations of connections under the name that their older buckets keep", async () => {
    const { ingestUrl, adminUrl } = await startTestCollector();
    await livePage(await ReleasedPage.start("0.1.0", ingestUrl));
    const exposed = await scrape(adminUrl);
    expect(movedSeries(CONNECT_ATTEMPTS, exposed)).toEqual({
      [`${CONNECT_ATTEMPTS.name}{app="chat",outcome="opened",trigger="initial"}`]: 3,
      [`${CONNECT_ATTEMPTS.name}{app="chat",outcome="failed",trigger="initial"}`]: 1,
    });
    expect(movedSeries(FRAMES_SENT, exposed)).toEqual({
      [`${FRAMES_SENT.name}{app="chat",event="client_hello"}`]: 1,
    });
    expect(movedSeries(FRAMES_RECEIVED, exposed)).toEqual({
      [`${FRAMES_RECEIVED.name}{app="chat",event="rehydration"}`]: 1,
    });
    const kept = keptConnectionDuration();
    expect(exposed.get(`${kept}_bucket{app="chat",le="1"}`)).toBe(0);
    expect(exposed.get(`${kept}_bucket{app="chat",le="5"}`)).toBe(1);
    expect(exposed.get(`${kept}_bucket{app="chat",le="300"}`)).toBe(2);
    expect(exposed.get(`${kept}_bucket{app="chat",le="600"}`)).toBe(3);
    expect(exposed.get(`${kept}_sum{app="chat"}`)).toBe(310);
    expect(exposed.get(`${CONNECTION_DURATION.name}_count{app="chat"}`)).toBe(0);
    expect(movedSeries(CLOSES, exposed)).toEqual({
      [`${CLOSES.name}{app="chat",code="1006",phase="never_opened",ended_by="network"}`]: 1,
      [`${CLOSES.name}{app="chat",code="1006",phase="opened",ended_by="network"}`]: 1,
      [`${CLOSES.name}{app="chat",code="4401",phase="opened",ended_by="peer"}`]: 1,
      [`${CLOSES.name}{app="chat",code="none",phase="opened",ended_by="left"}`]: 1,
    });
    expect(movedSeries(COLLECTOR_LEFT_OUT, exposed)).toEqual({});
    // Attempts, their durations, connections' durations and silences, closes, affected sessions, frames, and of two
    // episodes each its start, its end, its attempts and its downtime.
    expect(exposed.get(`${COLLECTOR_MEASUREMENTS.name}{app="chat"}`)).toBe(4 + 3 + 3 + 3 + 4 + 2 + 2 + 2 * 4);
  });

  it("counts what it knows of today's pages, and leaves out the rest", async () => {
    const { ingestUrl, exposed } = await startReleasedCollector("0.1.0");
    const page = new TestPage(ingestUrl, 1);
    const { status } = await page.send(1, {
      leaving: true,
      lines: [
        counterLine(seriesOf(CONNECT_ATTEMPTS, { outcome: "opened", trigger: "initial" }), 1),
        closeLine(),
        counterLine(".from_the_future/4401", 1),
        zeroLine(CONNECT_DURATION),
        zeroLine(CONNECTION_DURATION),
      ],
    });
    expect(status).toBe(204);
    const now = exposed();
    expect(movedSeries(CONNECT_ATTEMPTS, now)).toEqual({
      [`${CONNECT_ATTEMPTS.name}{app="chat",outcome="opened",trigger="initial"}`]: 1,
    });
    expect(now.get(`${CONNECT_DURATION.name}_count{app="chat"}`)).toBe(1);
    expect(now.get(`${CONNECTION_DURATION.name}_count{app="chat"}`)).toBe(0);
    expect(movedSeries(COLLECTOR_LEFT_OUT, now)).toEqual({
      [`${COLLECTOR_LEFT_OUT.name}{app="chat",reason="unknown_metric"}`]: 1,
      [`${COLLECTOR_LEFT_OUT.name}{app="chat",reason="unknown_layout"}`]: 1,
    });
    expect(movedSeries(COLLECTOR_REFUSALS, now)).toEqual({});
  });
});
