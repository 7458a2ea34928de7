import { once } from "node:events";
import {
  DEFAULT_CATALOG,
  SERVER_CLOSES,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
} from "@sockscope/catalog";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { type ClusterWorker, clusterServer } from "../testing/cluster-server.test-support.ts";
import { line } from "../testing/exposition.test-support.ts";
import { TEST_APP } from "../testing/instrumented.test-support.ts";

const PINGS = line(SERVER_FRAMES_RECEIVED.name, { app: TEST_APP, event: "ping" });
const PONGS = line(SERVER_FRAMES_SENT.name, { app: TEST_APP, event: "pong" });
const ACTIVE = line(SERVER_CONNECTIONS_ACTIVE.name, { app: TEST_APP, route: "/ws" });
const OPENED = line(SERVER_CONNECTIONS_OPENED.name, { app: TEST_APP, route: "/ws", auth_method: "none" });
const LOST = line(SERVER_CLOSES.name, { app: TEST_APP, code: "1006", reason: "lost" });
const BY_PEER = line(SERVER_CLOSES.name, { app: TEST_APP, code: "1000", reason: "peer" });

/** Starting processes takes its time on a machine that does other things. */
const TIMEOUT_MS = 60_000;

const GROWING = DEFAULT_CATALOG.serverMetrics
  .filter(({ metric }) => metric.type === "counter" || metric.type === "histogram")
  .map(({ metric }) => metric.name);

type Scrape = ReadonlyMap<string, number>;

/** What only grows of a scrape. */
function growing(scrape: Scrape): Scrape {
  return new Map([...scrape].filter(([series]) => GROWING.some((name) => series.startsWith(name))));
}

/** The series that fell, or are gone, from one scrape to the next. */
function fallen(before: Scrape, after: Scrape): readonly string[] {
  return [...growing(before)]
    .filter(([series, value]) => !((after.get(series) ?? -1) >= value))
    .map(([series]) => series);
}

async function client({ port }: ClusterWorker): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  socket.on("error", () => {});
  onTestFinished(() => socket.terminate());
  await once(socket, "open");
  // The server answers, so it knows of the connection.
  socket.send('{"type":"ping"}');
  await once(socket, "message");
  return socket;
}

describe("the sum of a real cluster", { timeout: TIMEOUT_MS }, () => {
  it("is of all workers, and stays when one is killed and replaced", async () => {
    const { fork, order, kill, scrape } = await clusterServer();
    const [first, second] = [await fork(), await fork()];
    await order(first, "count", { frames: 990 });
    await order(second, "count", { frames: 990 });
    const before = await scrape();
    expect(before.get(PINGS)).toBe(1980);
    await kill(first);
    const without = await scrape();
    const third = await fork();
    const replaced = await scrape();
    expect(growing(without)).toEqual(growing(before));
    expect(growing(replaced)).toEqual(growing(before));
    await order(third, "count", { frames: 10 });
    expect((await scrape()).get(PINGS)).toBe(1990);
  });

  it("loses the connections of a worker that is killed, and counts them so", async () => {
    const { fork, kill, scrape } = await clusterServer();
    const [first, second] = [await fork(), await fork()];
    const doomed = [await client(first), await client(first), await client(first)];
    const [, leaver] = [await client(second), await client(second)];
    const before = await scrape();
    expect([ACTIVE, OPENED, PINGS, PONGS, LOST].map((series) => before.get(series))).toEqual([5, 5, 5, 5, 0]);
    const cut = Promise.all(doomed.map((socket) => once(socket, "close")));
    await kill(first);
    await cut;
    const after = await scrape();
    expect([ACTIVE, OPENED, PINGS, PONGS, LOST].map((series) => after.get(series))).toEqual([2, 5, 5, 5, 3]);
    const closed = once(leaver as WebSocket, "close");
    leaver?.close(1000);
    await closed;
    const last = await scrape();
    expect([ACTIVE, LOST, BY_PEER].map((series) => last.get(series))).toEqual([1, 3, 1]);
  });

  it("has what a worker said last while that hangs, and nothing twice when it goes on", async () => {
    const { fork, order, scrape } = await clusterServer(100);
    const [first, second] = [await fork(), await fork()];
    await order(first, "count", { frames: 5 });
    await order(second, "count", { frames: 7 });
    expect((await scrape()).get(PINGS)).toBe(12);
    process.kill(first.pid, "SIGSTOP");
    const hanging = await scrape();
    await scrape();
    await order(second, "count", { frames: 1 });
    expect(hanging.get(PINGS)).toBe(12);
    expect((await scrape()).get(PINGS)).toBe(13);
    process.kill(first.pid, "SIGCONT");
    await order(first, "count", { frames: 1 });
    const after = await scrape();
    expect(after.get(PINGS)).toBe(14);
    expect(fallen(hanging, after)).toEqual([]);
  });

  it("loses nothing of a worker that stops reporting and ends by itself", async () => {
    const { fork, order, leave, scrape } = await clusterServer();
    const worker = await fork();
    await order(worker, "count", { frames: 1234 });
    await leave(worker);
    const after = await scrape();
    expect([PINGS, BY_PEER, LOST].map((series) => after.get(series))).toEqual([1234, 1, 0]);
  });

  it("never falls while workers come and go", async () => {
    const { fork, order, kill, leave, scrape } = await clusterServer();
    let worker = await fork();
    let before = await scrape();
    const check = async () => {
      const after = await scrape();
      expect(fallen(before, after)).toEqual([]);
      before = after;
    };
    for (let n = 0; n < 20; n += 1) {
      const [next] = await Promise.all([fork(), check()]);
      await order(worker, "count", { frames: 10 });
      await check();
      await Promise.all([n % 2 === 0 ? kill(worker) : leave(worker), check()]);
      await check();
      worker = next;
    }
    expect(before.get(PINGS)).toBe(200);
    expect(before.get(BY_PEER)).toBe(20);
  });

  it("is the same in two scrapes at once", async () => {
    const { fork, order, scrape } = await clusterServer();
    const workers = [await fork(), await fork()];
    for (const worker of workers) await order(worker, "count", { frames: 3 });
    const [one, other] = await Promise.all([scrape(), scrape()]);
    expect(one.get(PINGS)).toBe(6);
    expect(growing(one)).toEqual(growing(other));
  });

  it("is there without any worker", async () => {
    const { scrape } = await clusterServer();
    expect(await scrape()).toEqual(new Map());
  });

  it("outlives a worker that disconnects and goes on for those who are connected", async () => {
    const { fork, order, scrape } = await clusterServer();
    const worker = await fork();
    const socket = await client(worker);
    expect((await scrape()).get(ACTIVE)).toBe(1);
    const said = once(socket, "message");
    const died = once(socket, "close").then(() => ["died"]);
    await order(worker, "part");
    expect(String((await Promise.race([said, died]))[0])).toBe("parted");
    expect((await scrape()).get(ACTIVE)).toBe(1);
  });

  it("takes no other message of a worker for a report", async () => {
    const { fork, order, scrape } = await clusterServer();
    const worker = await fork();
    await order(worker, "count", { frames: 3 });
    const before = await scrape();
    await order(worker, "say", {
      messages: ["text", 7, [], {}, { sockscope: null }, { sockscope: "samples" }],
    });
    expect(await scrape()).toEqual(before);
  });
});
