import {
  KEEP_ALIVE_MS,
  MAX_BATCH_AGE_MS,
  MAX_BATCH_BYTES,
  MAX_DELTA,
  wireName,
} from "@sockscope/catalog/protocol";
import { CLOSES, CONNECT_DURATION, FRAMES_RECEIVED, TELEMETRY_LOST } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { createRecorder } from "../record/recorder.ts";
import { FakeHost, refusal, sentBatch, settled } from "../testing/fake-host.test-support.ts";
import type { StoredBatch } from "./batch-storage.ts";
import { ANSWER_TIMEOUT_MS } from "./post.ts";
import { MAX_RETRY_DELAY_MS, MIN_RETRY_DELAY_MS } from "./retry-delay.ts";
import { createShipper, type ShipperContext } from "./shipper.ts";
import { MAX_QUEUED_BATCHES } from "./waiting-batches.ts";

const FLUSH_INTERVAL_MS = 10_000;

const URL = "https://collector.example/v1/batches/s?app=chat";

function setUp(options: Partial<ShipperContext> = {}) {
  const host = new FakeHost();
  const recorder = createRecorder();
  const told: string[] = [];
  const context: ShipperContext = {
    url: URL,
    flushIntervalMs: FLUSH_INTERVAL_MS,
    isGranted: () => true,
    recorder,
    host,
    tell: (code) => void told.push(code),
    settle: () => {},
    ...options,
  };
  const shipper = createShipper(context);
  const record = (measurements = 1) => recorder.count(FRAMES_RECEIVED, { event: "pong" }, measurements);
  return { host, recorder, shipper, record, told, context };
}

function received(delta: number) {
  return [`${wireName(FRAMES_RECEIVED.name)}/pong ${delta}`];
}

function lost(where: string, delta: number) {
  return `${wireName(TELEMETRY_LOST.name)}/${where} ${delta}`;
}

describe("Shipper", () => {
  it("sends what was recorded at every interval, under rising numbers", async () => {
    const { host, shipper, record } = setUp();
    shipper.start();
    record();
    await host.pass(FLUSH_INTERVAL_MS - 1);
    record(2);
    await host.pass(FLUSH_INTERVAL_MS);
    expect(host.batches.map(({ seq, lines }) => [seq, lines])).toEqual([
      [1, received(1)],
      [2, received(2)],
    ]);
  });

  it("starts somewhere within the interval", async () => {
    const { host, shipper, record } = setUp();
    host.randomByte = 128;
    shipper.start();
    record();
    await host.pass(FLUSH_INTERVAL_MS / 2 - 1);
    expect(host.requests).toHaveLength(0);
    await host.pass(1);
    expect(host.requests).toHaveLength(1);
  });

  it("sends the same number and deltas again when the acknowledgement is lost", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error"];
    record();
    await shipper.flush();
    record(5);
    await host.pass(MIN_RETRY_DELAY_MS);
    await shipper.flush();
    const [first, second, third] = host.batches;
    expect(second).toEqual({ ...first, closedMsAgo: MIN_RETRY_DELAY_MS });
    expect(third).toMatchObject({ seq: 2, lines: received(5) });
  });

  it("lets measurements add up while a batch waits", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error", "network error", "network error"];
    for (let flushes = 0; flushes < 3; flushes++) {
      record();
      await shipper.flush();
    }
    expect(host.batches.map(({ seq }) => seq)).toEqual([1, 1, 1]);
    await shipper.flush();
    await shipper.flush();
    expect(host.batches.at(-1)).toMatchObject({ seq: 2, lines: received(2) });
  });

  it("sends what was recorded while a request was under way when a flush asks for it", async () => {
    const { host, shipper, record } = setUp();
    record();
    const first = shipper.flush();
    record();
    await Promise.all([first, shipper.flush()]);
    expect(host.batches.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("leaves the collector alone for as long as it asks, whoever flushes", async () => {
    const { host, shipper, record } = setUp();
    host.replies = [{ status: 429, retryAfter: "60" }];
    record();
    await shipper.flush();
    await host.pass(59_999);
    await shipper.flush();
    expect(host.requests).toHaveLength(1);
    await host.pass(1);
    expect(host.batches.map(({ seq }) => seq)).toEqual([1, 1]);
  });

  it("comes back later than asked, by a share that differs between pages, whoever flushes", async () => {
    const { host, shipper, record } = setUp();
    host.randomByte = 128;
    host.replies = [{ status: 429, retryAfter: "60" }];
    record();
    await shipper.flush();
    await host.pass(74_999);
    await shipper.flush();
    expect(host.requests).toHaveLength(1);
    await host.pass(1);
    expect(host.requests).toHaveLength(2);
  });

  it.each([
    [400, "SOCKSCOPE_ERR_BATCH", "refused"],
    [401, "SOCKSCOPE_ERR_KEY", "refused"],
    [410, "SOCKSCOPE_ERR_TOO_OLD", "expired"],
  ])("drops a batch that a collector answers %i and counts its measurements", async (status, code, where) => {
    const { host, recorder, shipper, record } = setUp();
    host.replies = [refusal(status, code)];
    record(3);
    recorder.observe(CONNECT_DURATION, 1);
    await shipper.flush();
    await host.pass(MAX_RETRY_DELAY_MS);
    await shipper.flush();
    expect(host.batches[1]).toMatchObject({ seq: 2, lines: [lost(where, 4)] });
  });

  it("slows down after each refusal, whoever flushes, and tells once", async () => {
    const { host, shipper, record, told } = setUp();
    for (let refusals = 0; refusals < 6; refusals++) {
      host.replies = [refusal(403, "SOCKSCOPE_ERR_ORIGIN")];
      record();
      await shipper.flush();
      await shipper.flush();
      expect(host.requests).toHaveLength(refusals + 1);
      await host.pass(MIN_RETRY_DELAY_MS * 2 ** refusals - 1);
      await shipper.flush();
      expect(host.requests).toHaveLength(refusals + 1);
      host.clock += 1;
    }
    expect(new Set(told)).toEqual(new Set(["SOCKSCOPE_ERR_ORIGIN"]));
  });

  it.each([404, 403, 200, 302, 502])(
    "keeps a batch that is answered %i by something else",
    async (status) => {
      const { host, shipper, record, told } = setUp();
      host.replies = [{ status, body: "<!doctype html>" }];
      record();
      await shipper.flush();
      record(5);
      await host.pass(MIN_RETRY_DELAY_MS);
      await shipper.flush();
      const [first, again] = host.batches;
      expect(again).toEqual({ ...first, closedMsAgo: MIN_RETRY_DELAY_MS });
      expect(told).toEqual(["SOCKSCOPE_ERR_ANSWER"]);
    },
  );

  it("tries at once when the page learns that the network is back", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error", "network error", "network error"];
    record();
    for (let tries = 0; tries < 3; tries++) await shipper.flush();
    shipper.comeBack();
    await settled();
    expect(host.requests).toHaveLength(4);
  });

  it("asks the browser to keep a request alive only while the page is not seen", async () => {
    const { host, shipper, record } = setUp();
    record();
    await shipper.flush();
    host.visible = false;
    record();
    await shipper.flush();
    expect(host.requests.map(({ init }) => init?.keepalive)).toEqual([false, true]);
  });

  it("sends what was recorded past a request that hangs when the page is hidden", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["silence"];
    record(1);
    void shipper.flush();
    await settled();
    record(2);
    shipper.hide();
    await settled();
    expect(host.batches.map(({ seq, leaving, lines }) => [seq, leaving, lines])).toEqual([
      [1, false, received(1)],
      [1, false, received(1)],
      [2, false, received(2)],
    ]);
    expect(host.requests.map(({ init }) => init?.keepalive)).toEqual([false, true, true]);
  });

  it("drops a batch that the collector would find too old, by the clock that shows more", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error"];
    record(3);
    await shipper.flush();
    host.wall += MAX_BATCH_AGE_MS + 1;
    await shipper.flush();
    expect(host.batches.at(-1)).toMatchObject({ seq: 2, lines: [lost("expired", 3)] });
  });

  it("drops what the collector would find too old when the page is hidden, and counts it", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error"];
    record(3);
    await shipper.flush();
    host.wall += MAX_BATCH_AGE_MS + 1;
    shipper.hide();
    await settled();
    expect(host.batches.slice(1)).toMatchObject([{ seq: 2, leaving: false, lines: [lost("expired", 3)] }]);
  });

  it("says how long ago the batch was closed by the clock that shows more", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error", "network error"];
    record();
    await shipper.flush();
    host.wall += 500;
    await shipper.flush();
    host.wall -= 3_600_000;
    host.clock += 900;
    await shipper.flush();
    expect(host.batches.map((batch) => batch.closedMsAgo)).toEqual([0, 500, 900]);
  });

  it("sends an empty batch when there was nothing to send for the keep-alive time", async () => {
    const { host, shipper } = setUp();
    shipper.start();
    await host.pass(KEEP_ALIVE_MS - 1);
    expect(host.requests).toHaveLength(0);
    await host.pass(1);
    await host.pass(KEEP_ALIVE_MS);
    expect(host.batches.map(({ seq, lines }) => [seq, lines])).toEqual([
      [1, []],
      [2, []],
    ]);
  });

  it("leaves what one batch cannot say to the next flush", async () => {
    const { host, shipper, record } = setUp();
    record(MAX_DELTA + 3);
    await shipper.flush();
    await shipper.flush();
    expect(host.batches.map(({ lines }) => lines)).toEqual([received(MAX_DELTA), received(3)]);
  });

  it("loses nothing of a user who looks away again and again while nobody answers", async () => {
    const { host, shipper, record } = setUp();
    for (let looks = 0; looks < 3 * MAX_QUEUED_BATCHES; looks++) {
      host.replies = Array.from({ length: MAX_QUEUED_BATCHES + 1 }, () => "network error" as const);
      record();
      shipper.hide();
      await settled();
    }
    host.replies = [];
    for (let flushes = 0; flushes < 2; flushes++) {
      await host.pass(MAX_RETRY_DELAY_MS);
      await shipper.flush();
    }
    const bySeq = new Map(host.batches.map(({ seq, lines }) => [seq, lines]));
    const counted = [...bySeq.values()].flat().map((text) => Number(text.split(" ")[1]));
    expect(counted.reduce((sum, count) => sum + count)).toBe(3 * MAX_QUEUED_BATCHES);
    expect([...bySeq.values()].flat().every((text) => text.startsWith(wireName(FRAMES_RECEIVED.name)))).toBe(
      true,
    );
  });

  it("keeps room for what a page says that leaves, however often its user looked away while nobody answers", async () => {
    const { host, shipper, record } = setUp();
    const nobodyAnswers = (): void => {
      host.replies = Array.from({ length: 2 * MAX_QUEUED_BATCHES }, () => "network error" as const);
    };
    for (let looks = 0; looks < 2 * MAX_QUEUED_BATCHES; looks++) {
      nobodyAnswers();
      record();
      shipper.hide();
      await settled();
    }
    for (let leaves = 0; leaves < MAX_QUEUED_BATCHES / 2; leaves++) {
      nobodyAnswers();
      record();
      shipper.leave();
      await settled();
      shipper.comeBack();
      await settled();
    }
    host.replies = [];
    await shipper.flush();
    expect(host.batches.flatMap(({ lines }) => lines).filter((text) => text.includes("/queue "))).toEqual([]);
  });

  it("sends every unacknowledged batch when the page leaves, and what had no answer again when it is back", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error", "silence", "silence"];
    record(1);
    await shipper.flush();
    record(2);
    shipper.leave();
    await host.pass(100);
    shipper.comeBack();
    await settled();
    const [failed, ...later] = host.batches;
    expect(host.requests.map(({ by }) => by)).toEqual(["fetch", "fetch", "fetch", "fetch", "fetch", "fetch"]);
    expect(later.map(({ seq, leaving }) => [seq, leaving])).toEqual([
      [1, false],
      [2, true],
      [1, false],
      [2, true],
      [3, false],
    ]);
    expect(later[0]).toEqual(failed);
    expect(later[3]).toEqual({ ...later[1], closedMsAgo: 100 });
  });

  it("falls back to a beacon when a last request cannot be made", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error"];
    record();
    shipper.leave();
    await settled();
    expect(host.requests.map(({ by }) => by)).toEqual(["fetch", "beacon"]);
    expect(host.batches[1]).toEqual(host.batches[0]);
  });

  it("survives a beacon that throws, and loses nothing by it", async () => {
    const { host, recorder, shipper, record } = setUp();
    host.replies = ["network error"];
    host.sendBeacon = () => {
      throw new Error("no beacons");
    };
    record();
    shipper.leave();
    await settled();
    expect(recorder.read(Infinity).lines).toEqual([]);
    shipper.comeBack();
    await settled();
    expect(host.batches.map(({ seq }) => seq)).toEqual([1, 1, 2]);
  });

  it("has the browser send as well what a request may have no room for when the page leaves, until that is answered", async () => {
    const { host, shipper, record } = setUp();
    host.hasFetchLater = true;
    host.replies = ["silence"];
    record();
    shipper.arm();
    shipper.leave();
    await settled();
    const [later] = [...host.later.values()];
    expect(host.later.size).toBe(1);
    expect(sentBatch(later?.body ?? "")).toMatchObject({ seq: 1, leaving: true, lines: received(1) });
    shipper.comeBack();
    await host.pass(ANSWER_TIMEOUT_MS);
    expect(host.later.size).toBe(0);
    const answered = setUp();
    answered.host.hasFetchLater = true;
    answered.record();
    answered.shipper.leave();
    await settled();
    expect(answered.host.later.size).toBe(0);
  });

  it("tells once that nobody answers, and not while there is no network", async () => {
    const { host, shipper, told, record } = setUp();
    host.replies = Array.from({ length: 9 }, () => "network error" as const);
    host.online = false;
    record();
    for (let tries = 0; tries < 4; tries++) await shipper.flush();
    expect(told).toEqual([]);
    host.online = true;
    for (let tries = 0; tries < 4; tries++) await shipper.flush();
    expect([...new Set(told)]).toEqual(["SOCKSCOPE_ERR_NO_ANSWER"]);
  });

  it("is not held up by what a page before kept for another collector", async () => {
    const kept = {
      url: "https://elsewhere.example/v1/batches/s",
      seq: 1,
      leaving: false,
      lines: ["x 1"],
      measurements: 4,
      closedAt: 0,
    };
    const { host, shipper, record } = setUp({ storage: { load: () => [kept], save: () => {} } });
    shipper.start();
    record();
    await shipper.flush();
    expect(host.batches[0]?.lines).toEqual([lost("expired", 4), ...received(1)]);
  });

  it("goes on with what a page before kept once, however often it may, and counts what is too much", async () => {
    const kept = Array.from({ length: MAX_QUEUED_BATCHES + 2 }, (_, at) => ({
      url: URL,
      seq: at + 1,
      leaving: false,
      lines: ["x 1"],
      measurements: 3,
      closedAt: new FakeHost().wall,
    }));
    const { host, shipper } = setUp({ storage: { load: () => kept, save: () => {} } });
    shipper.start();
    shipper.consentChanged();
    await shipper.flush();
    expect(host.batches.map(({ seq }) => seq)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 1]);
    expect(host.batches.at(-1)?.lines).toEqual([lost("queue", 6)]);
  });

  it("sends no beacon after an answer when the page is hidden, and waits as long as that asks for", async () => {
    const { host, shipper, record } = setUp();
    host.replies = [
      { status: 503, retryAfter: "30", body: '{"code":"SOCKSCOPE_ERR_DRAINING","message":""}' },
    ];
    record();
    shipper.hide();
    await settled();
    await shipper.flush();
    expect(host.requests).toHaveLength(1);
    await host.pass(46_000);
    expect(host.requests.map(({ by }) => by)).toEqual(["fetch", "fetch"]);
  });

  it("gives no number twice when consent goes while an armed batch is on its way", async () => {
    let isGranted = true;
    const { host, shipper, record } = setUp({ isGranted: () => isGranted });
    host.hasFetchLater = true;
    record();
    shipper.arm();
    host.sendLater();
    isGranted = false;
    shipper.consentChanged();
    isGranted = true;
    shipper.consentChanged();
    record(7);
    await shipper.flush();
    expect(host.batches.map(({ seq, lines }) => [seq, lines])).toEqual([
      [1, received(1)],
      [2, received(7)],
    ]);
  });

  it("leaves what a page before kept where it is until something may be sent, and keeps it while it waits", async () => {
    let isGranted = false;
    const kept = {
      url: URL,
      seq: 3,
      leaving: false,
      lines: ["x 1"],
      measurements: 1,
      closedAt: new FakeHost().wall,
    };
    const saved: number[] = [];
    let loads = 0;
    const load = () => {
      loads++;
      return [kept];
    };
    const { host, shipper } = setUp({
      isGranted: () => isGranted,
      storage: { load, save: (batches) => void saved.push(batches.length) },
    });
    shipper.start();
    expect(loads).toBe(0);
    isGranted = true;
    shipper.consentChanged();
    expect(saved).toEqual([1]);
    await shipper.flush();
    expect(host.batches.map(({ seq }) => seq)).toContain(3);
  });

  it("counts what several requests of one look away are told as one failure", async () => {
    const { host, shipper, record } = setUp();
    host.replies = Array.from({ length: 100 }, () => ({ status: 503 }));
    for (let look = 0; look < 4; look++) {
      record();
      shipper.hide();
      await settled();
    }
    host.replies = [];
    const asked = host.requests.length;
    // Four failures in a row: sixteen seconds at the least, and half as much again at the most.
    await host.pass(24_000);
    await shipper.flush();
    expect(host.requests.length).toBeGreaterThan(asked);
  });

  it("has nothing armed any more when it has stopped, though it may not send now", async () => {
    const { host, shipper, record } = setUp();
    host.hasFetchLater = true;
    host.replies = [{ status: 503, retryAfter: "300" }];
    record();
    await shipper.flush();
    record();
    shipper.arm();
    expect(host.later.size).toBe(1);
    await shipper.stop();
    expect(host.later.size).toBe(0);
  });

  it("drops the oldest batches when too many wait, and counts what was in them", async () => {
    const { host, shipper, record } = setUp();
    for (let leaves = 1; leaves <= MAX_QUEUED_BATCHES + 2; leaves++) {
      record(leaves);
      host.replies = Array.from({ length: MAX_QUEUED_BATCHES + 1 }, () => "network error" as const);
      shipper.leave();
      await settled();
      shipper.comeBack();
      await settled();
    }
    host.replies = [];
    host.requests.length = 0;
    await host.pass(MAX_RETRY_DELAY_MS);
    await shipper.flush();
    await shipper.flush();
    const seqs = host.batches.map(({ seq }) => seq);
    expect(seqs[0]).toBeGreaterThan(1);
    const total = ((MAX_QUEUED_BATCHES + 2) * (MAX_QUEUED_BATCHES + 3)) / 2;
    const sent = host.batches.flatMap(({ lines }) => lines);
    expect(sent.some((text) => text.startsWith(`${wireName(TELEMETRY_LOST.name)}/queue `))).toBe(true);
    expect(sent.reduce((sum, text) => sum + Number(text.split(" ")[1]), 0)).toBe(total);
  });

  it("lets eight batches wait: what a page may have in flight when it goes away, twice over", () => {
    expect(MAX_QUEUED_BATCHES).toBe((2 * 65_536) / MAX_BATCH_BYTES);
  });

  it("keeps as many batches as may wait", async () => {
    const { host, shipper, record } = setUp();
    const seqs = Array.from({ length: MAX_QUEUED_BATCHES }, (_, before) => before + 1);
    for (const _ of seqs) {
      host.requests.length = 0;
      record();
      host.replies = Array.from({ length: MAX_QUEUED_BATCHES + 1 }, () => "network error" as const);
      shipper.leave();
      await settled();
      const last = host.requests.filter(({ by }) => by === "beacon");
      expect(last.at(-1)).toBeDefined();
      shipper.comeBack();
      await settled();
    }
    host.replies = [];
    host.requests.length = 0;
    await host.pass(MAX_RETRY_DELAY_MS);
    await shipper.flush();
    expect(host.batches.map(({ seq }) => seq).slice(0, seqs.length)).toEqual(seqs);
  });

  it("sends a batch as long as the collector takes it, and does not beacon one that it would not", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error", "network error"];
    record(3);
    await shipper.flush();
    host.wall += MAX_BATCH_AGE_MS;
    await shipper.flush();
    expect(host.batches.at(-1)).toMatchObject({ seq: 1, closedMsAgo: MAX_BATCH_AGE_MS });
    host.wall += 1;
    shipper.leave();
    expect(host.batches.slice(2)).toMatchObject([{ seq: 2, leaving: true, lines: [lost("expired", 3)] }]);
  });

  it("begins with the shortest delay again after an answer", async () => {
    const { host, shipper, record } = setUp();
    const fails = async (): Promise<void> => {
      record();
      host.replies = ["network error"];
      await shipper.flush();
    };
    await fails();
    await fails();
    await shipper.flush();
    host.requests.length = 0;
    await fails();
    await host.pass(MIN_RETRY_DELAY_MS);
    expect(host.requests).toHaveLength(2);
  });

  it("says in its last batch that the page leaves, even if nothing was recorded, and says nothing more", async () => {
    const { host, shipper, record } = setUp();
    shipper.leave();
    record();
    await shipper.flush();
    expect(host.batches.map(({ seq, leaving }) => [seq, leaving])).toEqual([
      [1, true],
      [1, true],
    ]);
  });

  it("says goodbye once, however often the page is told to leave", () => {
    const { host, shipper, record } = setUp();
    shipper.leave();
    record();
    shipper.leave();
    expect(host.batches.map(({ seq }) => seq)).toEqual([1]);
  });

  it("lets the goodbye stand that the collector does not know to be over, however long ago that was", async () => {
    const { host, shipper } = setUp();
    host.replies = Array.from({ length: 3 }, () => "network error" as const);
    shipper.leave();
    await settled();
    shipper.comeBack();
    await settled();
    host.clock += KEEP_ALIVE_MS;
    shipper.leave();
    await settled();
    expect(new Set(host.batches.map(({ seq }) => seq))).toEqual(new Set([1]));
  });

  it("does not close another batch behind the page's back when an answer comes after it left", async () => {
    const { host, shipper, record } = setUp();
    record();
    const flushed = shipper.flush();
    shipper.leave();
    await shipper.flush();
    await flushed;
    expect(Math.max(...host.batches.map(({ seq }) => seq))).toBe(2);
  });

  it("says at once that the page is there again, even if nothing was recorded", async () => {
    const { host, shipper } = setUp();
    shipper.leave();
    shipper.comeBack();
    await settled();
    expect(host.batches.map(({ seq, leaving }) => [seq, leaving])).toEqual([
      [1, true],
      [1, true],
      [2, false],
    ]);
  });

  it("settles what time has decided before it closes a batch", async () => {
    const { host, record, context } = setUp();
    const shipper = createShipper({ ...context, settle: () => record() });
    await shipper.flush();
    expect(host.batches[0]?.lines).toEqual(received(1));
  });

  it("has everything on board when a page leaves that counted more than one batch takes", async () => {
    const { host, recorder, shipper } = setUp();
    for (let code = 0; code < 700; code++)
      recorder.count(CLOSES, { code: `${3000 + code}` as "3000", phase: "opened", ended_by: "peer" });
    shipper.leave();
    await settled();
    const sent = host.batches;
    expect(sent.map(({ leaving }) => leaving)).toEqual([false, true]);
    expect(new Set(sent.flatMap(({ lines }) => lines)).size).toBe(700);
    for (const { body } of host.requests)
      expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(MAX_BATCH_BYTES);
  });

  it("leaves though a series has a text that no batch has room for", async () => {
    const { host, recorder, shipper } = setUp();
    const huge = "x".repeat(MAX_BATCH_BYTES);
    recorder.count({ type: "counter", name: "own_total", labels: { huge: [huge] } }, { huge });
    shipper.leave();
    await settled();
    expect(host.batches).toMatchObject([{ seq: 1, leaving: true, lines: [] }]);
  });

  it("fills a batch with as much as it may have, and leaves the rest to the next", async () => {
    const { host, recorder, shipper } = setUp();
    for (let code = 0; code < 600; code++)
      recorder.count(CLOSES, { code: `${3000 + code}` as "3000", phase: "opened", ended_by: "peer" });
    await shipper.flush();
    expect(host.requests[0]?.body.length).toBeGreaterThan(MAX_BATCH_BYTES - 200);
    await shipper.flush();
    expect(new Set(host.batches.flatMap(({ lines }) => lines)).size).toBe(600);
  });

  it("is quiet about what the page keeps to itself, but for how much it was", async () => {
    const bodies: string[] = [];
    const { host, shipper, record } = setUp({
      beforeSend: (body) => {
        bodies.push(body);
        return bodies.length > 1;
      },
    });
    record(3);
    await shipper.flush();
    expect(host.requests).toEqual([]);
    await shipper.flush();
    expect(host.requests.map(({ body }) => body)).toEqual(bodies.slice(1));
    expect(host.batches).toMatchObject([{ seq: 1, lines: [lost("withheld", 3)] }]);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("fault of the page");
      },
    ],
    ["answers a promise", async () => false],
    ["answers a promise that fails", () => Promise.reject(new Error("fault of the page"))],
  ])("sends nothing and tells when beforeSend %s", async (_, beforeSend) => {
    const { host, recorder, shipper, record, told } = setUp({ beforeSend });
    record(2);
    await shipper.flush();
    expect(host.requests).toEqual([]);
    expect(told).toEqual(["SOCKSCOPE_ERR_BEFORE_SEND"]);
    expect(recorder.read(Infinity).lines).toEqual([lost("withheld", 2)]);
  });

  it("sends nothing without consent, and all that was recorded with it", async () => {
    let isGranted = false;
    const { host, shipper, record } = setUp({ isGranted: () => isGranted });
    record(2);
    shipper.start();
    await host.pass(FLUSH_INTERVAL_MS);
    await shipper.flush();
    shipper.hide();
    shipper.leave();
    shipper.comeBack();
    await settled();
    expect(host.requests).toEqual([]);
    isGranted = true;
    shipper.consentChanged();
    await shipper.flush();
    expect(host.batches[0]?.lines).toEqual(received(2));
  });

  it("forgets what waits when consent is taken back, and what happens until it is given again", async () => {
    let isGranted = true;
    const { host, shipper, record } = setUp({ isGranted: () => isGranted });
    host.hasFetchLater = true;
    host.replies = ["network error"];
    record();
    await shipper.flush();
    record();
    shipper.arm();
    isGranted = false;
    shipper.consentChanged();
    shipper.leave();
    await host.pass(MAX_RETRY_DELAY_MS);
    expect(host.requests).toHaveLength(1);
    expect(host.later.size).toBe(0);
    shipper.comeBack();
    record(3);
    isGranted = true;
    shipper.consentChanged();
    record(7);
    await shipper.flush();
    expect(host.batches.slice(1).map(({ seq, lines }) => [seq, lines])).toEqual([[2, received(7)]]);
  });

  it("leaves nothing behind in the tab when consent is taken back", async () => {
    let isGranted = true;
    let kept: readonly StoredBatch[] = [];
    const save = (batches: readonly StoredBatch[]): void => {
      kept = batches;
    };
    const { host, shipper, record } = setUp({
      isGranted: () => isGranted,
      storage: { load: () => [], save },
    });
    host.replies = ["network error"];
    record();
    await shipper.flush();
    expect(kept).toHaveLength(1);
    isGranted = false;
    shipper.consentChanged();
    expect(kept).toEqual([]);
  });

  it("has the browser send what was recorded when the page crashes, under the next number", async () => {
    const { host, shipper, record } = setUp();
    host.hasFetchLater = true;
    record(1);
    await shipper.flush();
    record(2);
    shipper.arm();
    record(3);
    shipper.arm();
    shipper.arm();
    expect(host.later.size).toBe(1);
    host.sendLater();
    expect(host.batches.map(({ seq, lines }) => [seq, lines])).toEqual([
      [1, received(1)],
      [2, received(5)],
    ]);
  });

  it("arms nothing of a page that left, nor of one that looks at each batch before it goes", async () => {
    const looks = setUp({ beforeSend: () => true });
    looks.host.hasFetchLater = true;
    looks.record();
    looks.shipper.arm();
    expect(looks.host.later.size).toBe(0);
    const { host, shipper, record } = setUp();
    host.hasFetchLater = true;
    shipper.leave();
    await settled();
    record();
    shipper.arm();
    expect(host.later.size).toBe(0);
  });

  it("arms nothing when nothing was recorded, and takes back what a flush says", async () => {
    const { host, shipper, record } = setUp();
    host.hasFetchLater = true;
    shipper.arm();
    expect(host.later.size).toBe(0);
    record();
    shipper.arm();
    await shipper.flush();
    expect(host.later.size).toBe(0);
    expect(host.batches.map(({ seq }) => seq)).toEqual([1]);
  });

  it("has said that the page is there again with what the browser sent meanwhile", async () => {
    const { host, shipper, record } = setUp();
    host.hasFetchLater = true;
    host.replies = ["network error", "network error"];
    shipper.leave();
    await settled();
    shipper.comeBack();
    await settled();
    record();
    shipper.arm();
    host.sendLater();
    await shipper.flush();
    shipper.leave();
    await settled();
    const bySeq = new Map(host.batches.map(({ seq, leaving }) => [seq, leaving]));
    expect([...bySeq]).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
  });

  it("counts once what the browser sent of a page that lives on", async () => {
    const { host, shipper, record } = setUp();
    host.hasFetchLater = true;
    record(2);
    shipper.arm();
    host.sendLater();
    record(3);
    shipper.arm();
    host.sendLater();
    record(4);
    await shipper.flush();
    await shipper.flush();
    const first = new Map(host.batches.map(({ seq, lines }) => [seq, lines]));
    for (const { seq, lines } of host.batches) expect(lines).toEqual(first.get(seq));
    expect([...first]).toEqual([
      [1, received(2)],
      [2, received(3)],
      [3, received(4)],
    ]);
  });

  it("counts once what the browser sends just before it is taken back", async () => {
    const { host, shipper, record } = setUp();
    let isSent = false;
    host.fetchLater = (url, body) => ({
      isSent: () => isSent,
      takeBack: () => {
        isSent = true;
        host.requests.push({ by: "later", url, body });
      },
    });
    record(2);
    shipper.arm();
    record(3);
    await shipper.flush();
    expect(host.batches.map(({ seq, lines }) => [seq, lines])).toEqual([
      [1, received(2)],
      [1, received(2)],
      [2, received(3)],
    ]);
  });

  it("goes on with what the page before could not send, under its own numbers and address", async () => {
    let kept: readonly StoredBatch[] = [];
    const storage = {
      load: () => kept,
      save: (batches: readonly StoredBatch[]) => {
        kept = JSON.parse(JSON.stringify(batches));
      },
    };
    const before = setUp({ storage, url: "https://collector.example/v1/batches/before" });
    before.host.replies = ["network error"];
    before.record(3);
    await before.shipper.flush();
    expect(kept).toHaveLength(1);
    const after = setUp({ storage });
    after.host.wall = before.host.wall + 700;
    after.shipper.start();
    after.record(4);
    await after.shipper.flush();
    expect(after.host.requests.map(({ url }) => url)).toEqual([
      "https://collector.example/v1/batches/before",
      URL,
    ]);
    expect(after.host.batches.map(({ seq, closedMsAgo, lines }) => [seq, closedMsAgo, lines])).toEqual([
      [1, 700, received(3)],
      [1, 0, received(4)],
    ]);
    expect(kept).toEqual([]);
  });

  it("counts as lost what was kept for too long", async () => {
    const batch = { url: URL, seq: 1, leaving: false, lines: received(3), measurements: 3, closedAt: 0 };
    const { host, shipper } = setUp({ storage: { load: () => [batch], save: () => {} } });
    shipper.start();
    await shipper.flush();
    expect(host.batches.map(({ lines }) => lines)).toEqual([[lost("expired", 3)]]);
  });

  it("goes on where nothing can be kept", async () => {
    const fail = () => {
      throw new DOMException("quota", "QuotaExceededError");
    };
    const { host, shipper, record } = setUp({ storage: { load: fail, save: fail } });
    shipper.start();
    record();
    await shipper.flush();
    expect(host.batches[0]?.lines).toEqual(received(1));
  });

  it("goes on when the browser refuses to send later", async () => {
    const { host, recorder, shipper, record } = setUp();
    host.fetchLater = () => {
      throw new DOMException("quota", "QuotaExceededError");
    };
    record();
    shipper.arm();
    expect(recorder.read(Infinity).lines).toEqual(received(1));
  });

  it("flushes a last time and leaves no timer when it stops", async () => {
    const { host, shipper, record } = setUp();
    shipper.start();
    record();
    await shipper.stop();
    expect(host.batches).toHaveLength(1);
    expect(host.timers.size).toBe(0);
  });

  it("sends what was recorded behind a waiting batch when it stops", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error"];
    record();
    await shipper.flush();
    record(2);
    await shipper.stop();
    expect(host.batches.map(({ seq, lines }) => [seq, lines])).toEqual([
      [1, received(1)],
      [1, received(1)],
      [2, received(2)],
    ]);
  });

  it("leaves no timer when it stops and nothing can be sent", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error"];
    record();
    await shipper.stop();
    expect(host.timers.size).toBe(0);
  });

  it("counts a fault of its own and goes on", async () => {
    const { host, recorder, shipper, record } = setUp();
    const { read } = recorder;
    recorder.read = () => {
      throw new Error("fault");
    };
    record();
    await shipper.flush();
    recorder.read = read;
    await host.pass(FLUSH_INTERVAL_MS);
    expect(host.batches).toMatchObject([{ seq: 1, lines: [...received(1), lost("internal", 1)] }]);
  });

  it("waits before it tries again when a fault keeps a waiting batch from being sent", async () => {
    const { host, shipper, record } = setUp();
    host.replies = ["network error"];
    record();
    await shipper.flush();
    host.clock += MAX_RETRY_DELAY_MS;
    const { wall } = host;
    let faults = 0;
    host.wallClock = () => {
      faults++;
      if (faults <= 3) throw new Error("fault");
      return wall;
    };
    await shipper.flush();
    expect(faults).toBe(1);
    expect(host.requests).toHaveLength(1);
  });

  it("does not spin when a fault persists past the keep-alive time", async () => {
    const { host, recorder, shipper } = setUp();
    let calls = 0;
    recorder.read = () => {
      calls++;
      throw new Error("fault");
    };
    shipper.start();
    await host.pass(10 * KEEP_ALIVE_MS);
    expect(calls).toBeGreaterThan(1);
    expect(calls).toBeLessThanOrEqual((10 * KEEP_ALIVE_MS) / MIN_RETRY_DELAY_MS);
  });
});
