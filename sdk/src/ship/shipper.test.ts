import { DEFAULT_CATALOG, labelCombinations } from "@sockscope/catalog";
import { KEEP_ALIVE_MS, MAX_BATCH_AGE_MS, MAX_BATCH_BYTES, MAX_DELTA } from "@sockscope/catalog/protocol";
import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  type Counter,
  FRAMES_RECEIVED,
  TELEMETRY_LOST,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { Recorder } from "../record/recorder.ts";
import { FakeEnvironment, readBatch, settled } from "../testing/fake-environment.test-support.ts";
import { MAX_RETRY_DELAY_MS, MIN_RETRY_DELAY_MS } from "./retry-delay.ts";
import { createShipper, MAX_QUEUED_BATCHES } from "./shipper.ts";

const FLUSH_INTERVAL_MS = 10_000;

function setUp() {
  const environment = new FakeEnvironment();
  const recorder = new Recorder();
  const url = "https://collector.example/v1/batches/s?app=chat";
  const shipper = createShipper(url, FLUSH_INTERVAL_MS, recorder, environment, () => {});
  const record = (measurements = 1) => recorder.increment(FRAMES_RECEIVED, { event: "pong" }, measurements);
  return { environment, recorder, shipper, record };
}

function received(delta: number) {
  return [{ name: FRAMES_RECEIVED.name, labels: { event: "pong" }, delta }];
}

function lost(where: string, delta: number) {
  return { name: TELEMETRY_LOST.name, labels: { where }, delta };
}

describe("Shipper", () => {
  it("sends what was recorded at every interval, under rising numbers", async () => {
    const { environment, shipper, record } = setUp();
    shipper.start();
    record();
    await environment.pass(FLUSH_INTERVAL_MS - 1);
    record(2);
    await environment.pass(FLUSH_INTERVAL_MS);
    expect(environment.batches.map(({ seq, counters }) => [seq, counters])).toEqual([
      [1, received(1)],
      [2, received(2)],
    ]);
  });

  it("starts somewhere within the interval", async () => {
    const { environment, shipper, record } = setUp();
    environment.randomByte = 128;
    shipper.start();
    record();
    await environment.pass(FLUSH_INTERVAL_MS / 2 - 1);
    expect(environment.requests).toHaveLength(0);
    await environment.pass(1);
    expect(environment.requests).toHaveLength(1);
  });

  it("sends the same number and deltas again when the acknowledgement is lost", async () => {
    const { environment, shipper, record } = setUp();
    environment.replies = ["network error"];
    record();
    await shipper.flush();
    record(5);
    await environment.pass(MIN_RETRY_DELAY_MS);
    await shipper.flush();
    const [first, second, third] = environment.batches;
    expect(second).toEqual({ ...first, closed_ms_ago: MIN_RETRY_DELAY_MS });
    expect(third).toMatchObject({ seq: 2, counters: received(5) });
  });

  it("lets measurements add up while a batch waits", async () => {
    const { environment, shipper, record } = setUp();
    environment.replies = [{ status: 500 }, { status: 500 }, { status: 500 }];
    for (let flushes = 0; flushes < 3; flushes++) {
      record();
      await shipper.flush();
    }
    expect(environment.batches.map(({ seq }) => seq)).toEqual([1, 1, 1]);
    await shipper.flush();
    await shipper.flush();
    expect(environment.batches.at(-1)).toMatchObject({ seq: 2, counters: received(2) });
  });

  it("sends what was recorded while a request was under way when a flush asks for it", async () => {
    const { environment, shipper, record } = setUp();
    record();
    const first = shipper.flush();
    record();
    await Promise.all([first, shipper.flush()]);
    expect(environment.batches.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("leaves the collector alone for as long as it asks, whoever flushes", async () => {
    const { environment, shipper, record } = setUp();
    environment.replies = [{ status: 429, retryAfter: "60" }];
    record();
    await shipper.flush();
    await environment.pass(59_999);
    await shipper.flush();
    expect(environment.requests).toHaveLength(1);
    await environment.pass(1);
    expect(environment.batches.map(({ seq }) => seq)).toEqual([1, 1]);
  });

  it("comes back later than asked, by a share that differs between pages, whoever flushes", async () => {
    const { environment, shipper, record } = setUp();
    environment.randomByte = 128;
    environment.replies = [{ status: 429, retryAfter: "60" }];
    record();
    await shipper.flush();
    await environment.pass(74_999);
    await shipper.flush();
    expect(environment.requests).toHaveLength(1);
    await environment.pass(1);
    expect(environment.requests).toHaveLength(2);
  });

  it.each([
    [400, "refused"],
    [401, "refused"],
    [410, "expired"],
  ])("drops a batch answered %i and counts its measurements as %s", async (status, where) => {
    const { environment, recorder, shipper, record } = setUp();
    environment.replies = [{ status }];
    record(3);
    recorder.observe(CONNECT_DURATION, 1);
    await shipper.flush();
    await shipper.flush();
    expect(environment.batches.at(-1)).toMatchObject({ seq: 2, counters: [lost(where, 4)] });
  });

  it("drops a batch that the collector would find too old, by the clock that shows more", async () => {
    const { environment, shipper, record } = setUp();
    environment.replies = ["network error"];
    record(3);
    await shipper.flush();
    environment.wall += MAX_BATCH_AGE_MS + 1;
    await shipper.flush();
    expect(environment.batches.at(-1)).toMatchObject({ seq: 2, counters: [lost("expired", 3)] });
  });

  it("says how long ago the batch was closed by the clock that shows more", async () => {
    const { environment, shipper, record } = setUp();
    environment.replies = ["network error", "network error"];
    record();
    await shipper.flush();
    environment.wall += 500;
    await shipper.flush();
    environment.wall -= 3_600_000;
    environment.clock += 900;
    await shipper.flush();
    expect(environment.batches.map((batch) => batch.closed_ms_ago)).toEqual([0, 500, 900]);
  });

  it("sends an empty batch when there was nothing to send for the keep-alive time", async () => {
    const { environment, shipper } = setUp();
    shipper.start();
    await environment.pass(KEEP_ALIVE_MS - 1);
    expect(environment.requests).toHaveLength(0);
    await environment.pass(1);
    await environment.pass(KEEP_ALIVE_MS);
    expect(environment.batches.map(({ seq, counters, histograms }) => [seq, counters, histograms])).toEqual([
      [1, [], []],
      [2, [], []],
    ]);
  });

  it("leaves what one batch cannot say to the next flush", async () => {
    const { environment, shipper, record } = setUp();
    record(MAX_DELTA + 3);
    await shipper.flush();
    await shipper.flush();
    expect(environment.batches.map(({ counters }) => counters)).toEqual([received(MAX_DELTA), received(3)]);
  });

  it("beacons every unacknowledged batch when the page leaves, and sends them again when it is back", async () => {
    const { environment, shipper, record } = setUp();
    environment.replies = ["network error"];
    record(1);
    await shipper.flush();
    record(2);
    shipper.leave();
    await environment.pass(100);
    await shipper.flush();
    const [failed, ...later] = environment.batches;
    const by = environment.requests.map((request) => request.by);
    expect(by).toEqual(["fetch", "beacon", "beacon", "fetch", "fetch"]);
    expect(later.map(({ seq }) => seq)).toEqual([1, 2, 1, 2]);
    expect(later[0]).toEqual(failed);
    expect(later[3]).toEqual({ ...later[1], closed_ms_ago: 100 });
  });

  it.each(["returns false", "throws"])("falls back to fetch when sendBeacon %s", (how) => {
    const { environment, shipper, record } = setUp();
    environment.beaconWorks = false;
    if (how === "throws")
      environment.sendBeacon = () => {
        throw new Error("no beacons");
      };
    record();
    shipper.leave();
    expect(environment.requests.map(({ by }) => by)).toEqual(["fetch"]);
  });

  it("drops the oldest batches when too many wait, and counts what was in them", async () => {
    const { environment, shipper, record } = setUp();
    for (let leaves = 1; leaves <= MAX_QUEUED_BATCHES + 2; leaves++) {
      record(leaves);
      shipper.leave();
      environment.replies = ["network error"];
      shipper.comeBack();
      await settled();
    }
    environment.requests.length = 0;
    await environment.pass(MAX_RETRY_DELAY_MS);
    await shipper.flush();
    await shipper.flush();
    const seqs = environment.batches.map(({ seq }) => seq);
    expect(seqs[0]).toBeGreaterThan(1);
    const total = ((MAX_QUEUED_BATCHES + 2) * (MAX_QUEUED_BATCHES + 3)) / 2;
    const sent = environment.batches.flatMap(({ counters }) => counters);
    expect(sent).toContainEqual(expect.objectContaining({ labels: { where: "queue" } }));
    expect(sent.reduce((sum, { delta }) => sum + delta, 0)).toBe(total);
  });

  it("lets eight batches wait: what a page may have in flight when it goes away, twice over", () => {
    expect(MAX_QUEUED_BATCHES).toBe((2 * 65_536) / MAX_BATCH_BYTES);
  });

  it("keeps as many batches as may wait", async () => {
    const { environment, shipper, record } = setUp();
    const seqs = Array.from({ length: MAX_QUEUED_BATCHES }, (_, before) => before + 1);
    for (const _ of seqs) {
      environment.requests.length = 0;
      record();
      shipper.leave();
      environment.replies = ["network error"];
      shipper.comeBack();
      await settled();
    }
    const beacons = environment.requests.filter(({ by }) => by === "beacon");
    expect(beacons.map(({ body }) => readBatch(body).seq)).toEqual(seqs);
  });

  it("sends a batch as long as the collector takes it, and does not beacon one that it would not", async () => {
    const { environment, shipper, record } = setUp();
    environment.replies = ["network error", "network error"];
    record(3);
    await shipper.flush();
    environment.wall += MAX_BATCH_AGE_MS;
    await shipper.flush();
    expect(environment.batches.at(-1)).toMatchObject({ seq: 1, closed_ms_ago: MAX_BATCH_AGE_MS });
    environment.wall += 1;
    shipper.leave();
    expect(environment.batches.slice(2)).toMatchObject([
      { seq: 2, leaving: true, counters: [lost("expired", 3)] },
    ]);
  });

  it("begins with the shortest delay again after an answer", async () => {
    const { environment, shipper, record } = setUp();
    const fails = async (): Promise<void> => {
      record();
      environment.replies = ["network error"];
      await shipper.flush();
    };
    await fails();
    await fails();
    await shipper.flush();
    environment.requests.length = 0;
    await fails();
    await environment.pass(MIN_RETRY_DELAY_MS);
    expect(environment.requests).toHaveLength(2);
  });

  it("says in its last batch that the page leaves, even if nothing was recorded, and says nothing more", async () => {
    const { environment, shipper, record } = setUp();
    shipper.leave();
    record();
    await shipper.flush();
    expect(environment.batches.map(({ seq, leaving }) => [seq, leaving])).toEqual([
      [1, true],
      [1, true],
    ]);
  });

  it("says goodbye once, however often the page is told to leave", () => {
    const { environment, shipper, record } = setUp();
    shipper.leave();
    record();
    shipper.leave();
    expect(environment.batches.map(({ seq }) => seq)).toEqual([1]);
  });

  it("does not close another batch behind the page's back when an answer comes after it left", async () => {
    const { environment, shipper, record } = setUp();
    record();
    const flushed = shipper.flush();
    shipper.leave();
    await shipper.flush();
    await flushed;
    expect(Math.max(...environment.batches.map(({ seq }) => seq))).toBe(2);
  });

  it("says at once that the page is there again, even if nothing was recorded", async () => {
    const { environment, shipper } = setUp();
    shipper.leave();
    shipper.comeBack();
    await settled();
    expect(environment.batches.map(({ seq, leaving }) => [seq, leaving])).toEqual([
      [1, true],
      [1, true],
      [2, undefined],
    ]);
  });

  it("settles what time has decided before it closes a batch", async () => {
    const { environment, recorder } = setUp();
    const settle = () => recorder.increment(FRAMES_RECEIVED, { event: "pong" });
    const shipper = createShipper("u", FLUSH_INTERVAL_MS, recorder, environment, settle);
    await shipper.flush();
    expect(environment.batches[0]?.counters).toEqual(received(1));
  });

  it("has everything on board when a page leaves that counted more than one batch takes", async () => {
    const { environment, recorder, shipper } = setUp();
    const attempts =
      DEFAULT_CATALOG.clientMetrics.find(({ metric }) => metric === CONNECT_ATTEMPTS) ?? expect.fail();
    const closes = DEFAULT_CATALOG.clientMetrics.find(({ metric }) => metric === CLOSES) ?? expect.fail();
    for (const about of [attempts, closes])
      for (const labels of labelCombinations(about)) recorder.increment(about.metric as Counter, labels);
    shipper.leave();
    const sent = environment.batches;
    expect(sent.map(({ leaving }) => leaving)).toEqual([undefined, true]);
    expect(sent.flatMap(({ counters }) => counters)).toHaveLength(
      labelCombinations(attempts).length + labelCombinations(closes).length,
    );
  });

  it("flushes a last time and leaves no timer when it stops", async () => {
    const { environment, shipper, record } = setUp();
    shipper.start();
    record();
    await shipper.stop();
    expect(environment.batches).toHaveLength(1);
    expect(environment.timers.size).toBe(0);
  });

  it("sends what was recorded behind a waiting batch when it stops", async () => {
    const { environment, shipper, record } = setUp();
    environment.replies = ["network error"];
    record();
    await shipper.flush();
    record(2);
    await shipper.stop();
    expect(environment.batches.map(({ seq, counters }) => [seq, counters])).toEqual([
      [1, received(1)],
      [1, received(1)],
      [2, received(2)],
    ]);
  });

  it("leaves no timer when it stops and nothing can be sent", async () => {
    const { environment, shipper, record } = setUp();
    environment.replies = ["network error"];
    record();
    await shipper.stop();
    expect(environment.timers.size).toBe(0);
  });

  it("counts a fault of its own and goes on", async () => {
    const { environment, recorder, shipper, record } = setUp();
    const takeDeltas = recorder.takeDeltas.bind(recorder);
    recorder.takeDeltas = () => {
      throw new Error("fault");
    };
    record();
    await shipper.flush();
    recorder.takeDeltas = takeDeltas;
    await environment.pass(FLUSH_INTERVAL_MS);
    expect(environment.batches).toMatchObject([{ seq: 1, counters: [...received(1), lost("internal", 1)] }]);
  });

  it("does not spin when a fault persists past the keep-alive time", async () => {
    const { environment, recorder, shipper } = setUp();
    let calls = 0;
    recorder.takeDeltas = () => {
      calls++;
      throw new Error("fault");
    };
    shipper.start();
    await environment.pass(10 * KEEP_ALIVE_MS);
    expect(calls).toBeGreaterThan(1);
    expect(calls).toBeLessThanOrEqual((10 * KEEP_ALIVE_MS) / MIN_RETRY_DELAY_MS);
  });
});
