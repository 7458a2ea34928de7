import { EventEmitter } from "node:events";
import {
  SERVER_CLOSES,
  SERVER_CONNECTION_AGE,
  SERVER_CONNECTION_DURATION,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_FRAMES_RECEIVED,
  SERVER_SEND_BUFFER,
  THREAD_ID,
} from "@sockscope/catalog";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { line, seriesNames } from "../testing/exposition.test-support.ts";
import { instrumented, TEST_APP } from "../testing/instrumented.test-support.ts";
import { clusterMetrics } from "./cluster-metrics.ts";
import type { CollectMessage } from "./messages.ts";
import { type PrimaryChannel, reportToPrimary } from "./report-to-primary.ts";
import type { PoolWorker, WorkerPool } from "./worker-pool.ts";

const PINGS = line(SERVER_FRAMES_RECEIVED.name, { app: TEST_APP, event: "ping" });
const NORMAL = line(SERVER_CLOSES.name, { app: TEST_APP, code: "1000", reason: "peer" });
const LOST = line(SERVER_CLOSES.name, { app: TEST_APP, code: "1006", reason: "lost" });
const ACTIVE = line(SERVER_CONNECTIONS_ACTIVE.name, { app: TEST_APP, route: "/ws" });

/** A worker without a process. It answers when it is asked, unless the test has it hang. */
class FakeWorker implements PoolWorker {
  isHanging = false;
  isAlive = true;
  isThere = true;
  readonly asked: CollectMessage[] = [];
  readonly id: number;
  readonly inside = new EventEmitter();
  readonly #pool: EventEmitter;

  constructor(id: number, pool: EventEmitter) {
    this.id = id;
    this.#pool = pool;
  }

  isConnected(): boolean {
    return this.isThere;
  }

  isDead(): boolean {
    return !this.isAlive;
  }

  send(message: CollectMessage, told: (error: Error | null) => void): void {
    this.asked.push(message);
    if (this.isHanging) return;
    queueMicrotask(() => {
      told(null);
      this.inside.emit("message", message);
    });
  }

  /** Something comes over its channel. */
  says(message: unknown): void {
    this.#pool.emit("message", this, JSON.parse(JSON.stringify(message)));
  }

  /** Its process ends. */
  dies(): void {
    this.isAlive = false;
    this.#pool.emit("exit", this);
    this.isThere = false;
    this.#pool.emit("disconnect", this);
  }

  /** The channel as its process has it. */
  get channel(): PrimaryChannel {
    return {
      send: (message) => this.says(message),
      on: (event, listener) => this.inside.on(event, listener),
      off: (event, listener) => this.inside.off(event, listener),
    };
  }
}

function primary({ byThread = false, timeoutMs = 60_000 } = {}) {
  const registry = new Registry();
  const pool = Object.assign(new EventEmitter(), { workers: {} as Record<string, FakeWorker> });
  clusterMetrics({ app: TEST_APP, registry, timeoutMs, workers: pool as WorkerPool });
  const fork = () => {
    const id = Object.keys(pool.workers).length + 1;
    const worker = new FakeWorker(id, pool);
    pool.workers[id] = worker;
    return worker;
  };
  const reporting = () => {
    const worker = fork();
    const server = instrumented({ byThread });
    return {
      ...server,
      worker,
      reports: reportToPrimary(server.instrumentation, { channel: worker.channel }),
    };
  };
  const scrape = async () => {
    const samples = (await registry.metrics()).split("\n").filter((text) => /^\w+\{/.test(text));
    return new Map(
      samples.map((text) => [
        text.slice(0, text.lastIndexOf(" ")),
        Number(text.slice(text.lastIndexOf(" ") + 1)),
      ]),
    );
  };
  return { registry, fork, reporting, scrape };
}

describe("who is asked", () => {
  it("is who reports, and nobody who has not begun or never will", async () => {
    const { fork, reporting, scrape } = primary();
    const silent = fork();
    const { worker } = reporting();
    await scrape();
    expect([silent.asked.length, worker.asked.length]).toEqual([0, 1]);
  });

  it("is nobody who reported for the last time, and what was said stays", async () => {
    const { reporting, scrape } = primary();
    const { worker, open, reports } = reporting();
    open().socket.receive('{"type":"ping"}');
    reports.stop();
    worker.isHanging = true;
    expect((await scrape()).get(PINGS)).toBe(1);
    expect(worker.asked).toEqual([]);
  });

  it("is waited for no longer than until it is gone", async () => {
    const { reporting, scrape } = primary();
    const { worker, open } = reporting();
    worker.isHanging = true;
    open();
    const scraped = scrape();
    await Promise.resolve();
    worker.dies();
    expect((await scraped).get(ACTIVE)).toBeUndefined();
  });

  it("counts with what it said last when it does not answer in time", async () => {
    const { reporting, scrape } = primary({ timeoutMs: 1 });
    const { worker, open } = reporting();
    open().socket.receive('{"type":"ping"}');
    await scrape();
    worker.isHanging = true;
    open().socket.receive('{"type":"ping"}');
    expect((await scrape()).get(PINGS)).toBe(1);
  });
});

describe("a worker that is gone", () => {
  it("keeps its counters and histograms, and nothing of its gauges", async () => {
    const { reporting, scrape } = primary();
    const { worker, open } = reporting();
    open().socket.finish(1000);
    open();
    const before = await scrape();
    const age = line(`${SERVER_CONNECTION_AGE.name}_gcount`, { app: TEST_APP });
    const duration = line(`${SERVER_CONNECTION_DURATION.name}_count`, { app: TEST_APP });
    const buffer = line(SERVER_SEND_BUFFER.name, { app: TEST_APP, route: "/ws" });
    const series = [ACTIVE, age, buffer, duration, NORMAL, LOST];
    expect(series.map((name) => before.get(name))).toEqual([1, 1, 0, 1, 1, 0]);
    worker.dies();
    const after = await scrape();
    expect(series.map((name) => after.get(name))).toEqual([undefined, undefined, undefined, 1, 1, 1]);
  });

  it("is buried once, and says nothing from its grave", async () => {
    const { reporting, scrape } = primary();
    const { worker, open, reports } = reporting();
    open();
    await scrape();
    worker.dies();
    worker.dies();
    reports.report();
    const after = await scrape();
    expect([after.get(LOST), after.get(ACTIVE)]).toEqual([1, undefined]);
  });

  it("may have said its last between its death and the end of its channel", async () => {
    const { reporting, scrape } = primary();
    const { worker, open, reports } = reporting();
    const { socket } = open();
    await scrape();
    worker.isAlive = false;
    socket.finish(1000);
    reports.report();
    worker.dies();
    const after = await scrape();
    expect([after.get(NORMAL), after.get(LOST)]).toEqual([1, 0]);
  });
});

describe("threads of several workers", () => {
  it("are named only where they are the busiest of all, and none is lost", async () => {
    const { registry, reporting, scrape } = primary({ byThread: true });
    for (const half of ["a", "b"]) {
      const { open } = reporting();
      for (let n = 0; n < THREAD_ID.top; n += 1) open().connection.setThread(`${half}-${n}`);
      for (const _ of [1, 2]) open().connection.setThread("everywhere");
    }
    const named = [...(await scrape())].filter(([name]) => name.startsWith(SERVER_CONNECTIONS_ACTIVE.name));
    expect(named).toHaveLength(THREAD_ID.top + 2);
    expect(named.reduce((sum, [, value]) => sum + value, 0)).toBe(2 * (THREAD_ID.top + 2));
    const everywhere = { app: TEST_APP, route: "/ws", thread_id: "everywhere" };
    expect(new Map(named).get(line(SERVER_CONNECTIONS_ACTIVE.name, everywhere))).toBe(4);
    const names = await seriesNames(registry);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("messages that are no reports", () => {
  const samples = (value: unknown) => ({ sockscope: "samples", samples: value });
  const ofCloses = (...values: unknown[]) => samples({ [SERVER_CLOSES.name]: values });
  const labels = { app: TEST_APP, code: "1000", reason: "peer" };

  it.each([
    ["text", "text"],
    ["a number", 7],
    ["nothing", null],
    ["a list", []],
    ["an object of somebody else", { type: "samples" }],
    ["an order of ours", { sockscope: "collect", round: 1 }],
    ["no samples", { sockscope: "samples" }],
    ["null for samples", samples(null)],
    ["text for samples", samples("text")],
    ["a list for samples", samples([])],
    ["a number for a metric", samples({ [SERVER_CLOSES.name]: 5 })],
    ["null for a sample", ofCloses(null)],
    ["no labels", ofCloses({ value: 5 })],
    ["null for labels", ofCloses({ labels: null, value: 5 })],
    ["a number for a label", ofCloses({ labels: { ...labels, code: 1000 }, value: 5 })],
    ["a label that the metric does not have", ofCloses({ labels: { ...labels, user: "u1" }, value: 5 })],
    ["a bucket of a counter", ofCloses({ labels: { ...labels, le: "1" }, value: 5 })],
    [
      "a label's value that the catalog does not have",
      ofCloses({ labels: { ...labels, reason: "new" }, value: 5 }),
    ],
    ["text for a value", ofCloses({ labels, value: "5" })],
    ["no value", ofCloses({ labels, value: null })],
    ["less than nothing", ofCloses({ labels, value: -5 })],
    ["a suffix that nobody has", ofCloses({ labels, value: 5, suffix: "_evil" })],
    [
      "a distribution without a suffix",
      samples({ [SERVER_CONNECTION_DURATION.name]: [{ labels: {}, value: 1 }] }),
    ],
  ])("change nothing: %s", async (_, message) => {
    const { reporting, scrape } = primary();
    const { worker, open } = reporting();
    open().socket.finish(1000);
    const before = await scrape();
    expect(before.get(NORMAL)).toBe(1);
    worker.says(message);
    worker.dies();
    const after = await scrape();
    expect(after.get(NORMAL)).toBe(1);
    expect([...after.keys()].filter((name) => !before.has(name))).toEqual([]);
  });

  it("do not include a report of an older worker, which has fewer metrics, and one of a newer, which has more", async () => {
    const { fork, scrape } = primary();
    const report = samples({ [SERVER_CLOSES.name]: [{ labels, value: 3 }], ws_of_tomorrow: "anything" });
    fork().says({ ...report, isLast: true });
    expect((await scrape()).get(NORMAL)).toBe(3);
  });
});
