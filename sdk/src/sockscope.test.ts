import { type Fixture, readFixtures } from "@sockscope/catalog/fixtures";
import { batchPath, SESSION_PATTERN } from "@sockscope/catalog/protocol";
import {
  AFFECTED_SESSIONS,
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECTION_DURATION,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  TELEMETRY_LOST,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { Recorder } from "./record/recorder.ts";
import { createSession } from "./session.ts";
import { createShipper } from "./ship/shipper.ts";
import { start } from "./sockscope.ts";
import { FakeEnvironment, readBatch } from "./testing/fake-environment.test-support.ts";
import { fakeWebSocket } from "./testing/fake-web-socket.test-support.ts";

const COLLECTOR = "https://collector.example";

function setUp() {
  const environment = new FakeEnvironment();
  const sockscope = start({ collector: `${COLLECTOR}/`, app: "chat", key: "pk-1", environment });
  return { environment, sockscope };
}

function fixture(name: string): Fixture["exchanges"][number]["request"] {
  const request = readFixtures().find((candidate) => candidate.name === name)?.exchanges[0]?.request;
  if (!request) throw new Error(`There is no fixture ${name}.`);
  return request;
}

describe("the wire", () => {
  it("carries exactly the request of the fixture", async () => {
    const { path, headers, body } = fixture("accepted-close-and-handshake");
    const environment = new FakeEnvironment();
    const bytes = Uint8Array.from(path.match(/[0-9a-f]{2}(?=[0-9a-f]*\?)/g) ?? [], (hex) =>
      Number.parseInt(hex, 16),
    );
    environment.randomBytes = (count) => bytes.slice(0, count);
    const recorder = new Recorder();
    const url = COLLECTOR + batchPath(createSession(environment), { app: "chat" });
    const shipper = createShipper(url, 10_000, recorder, environment, () => {});
    recorder.increment(CLOSES, { code: "4401", phase: "opened", ended_by: "peer" });
    recorder.observe(CONNECT_DURATION, 0.031);
    environment.replies = ["network error"];
    await shipper.flush();
    environment.clock += readBatch(String(body)).closed_ms_ago;
    await shipper.flush();
    const request = environment.requests.at(-1);
    expect(request?.url).toBe(COLLECTOR + path);
    const sent = new Request(request?.url ?? "", request?.init);
    expect(sent.headers.get("content-type")).toBe(headers["content-type"]);
    expect(request?.body).toBe(body);
  });
});

describe("start", () => {
  it("says what the page was built from with every batch", async () => {
    const environment = new FakeEnvironment();
    const release = "chat@2.4.1+7";
    const sockscope = start({ collector: COLLECTOR, app: "chat", release, environment });
    sockscope.count({ type: "counter", name: "own_total", labels: {} }, {});
    await sockscope.flush();
    const [request] = environment.requests;
    expect(new URL(request?.url ?? "").searchParams.get("release")).toBe(release);
  });

  it("follows a socket from its observation to the batch", async () => {
    const { environment, sockscope } = setUp();
    const socket = fakeWebSocket();
    sockscope.observe(socket, { trigger: "initial" });
    environment.clock += 31;
    socket.open();
    socket.send('{"type":"client_hello","thread_id":"t"}');
    socket.receive('{"type":"rehydration","thread_id":"t"}');
    environment.clock += 2_000;
    socket.end(4401);
    await sockscope.flush();
    expect(environment.requests[0]?.url).toBe(
      COLLECTOR + batchPath(sockscope.session, { app: "chat", key: "pk-1" }),
    );
    const [batch] = environment.batches;
    expect(batch?.counters).toEqual([
      { name: FRAMES_SENT.name, labels: { event: "client_hello" }, delta: 1 },
      { name: CONNECT_ATTEMPTS.name, labels: { outcome: "opened", trigger: "initial" }, delta: 1 },
      { name: FRAMES_RECEIVED.name, labels: { event: "rehydration" }, delta: 1 },
      { name: CLOSES.name, labels: { code: "4401", phase: "opened", ended_by: "peer" }, delta: 1 },
      { name: AFFECTED_SESSIONS.name, labels: { code: "4401" }, delta: 1 },
    ]);
    expect(batch?.histograms.map(({ name, layout, sum }) => [name, layout, sum])).toEqual([
      [CONNECT_DURATION.name, CONNECT_DURATION.layout.id, 0.031],
      [CONNECTION_DURATION.name, CONNECTION_DURATION.layout.id, 2],
    ]);
  });

  it("chooses a session as the protocol wants it", () => {
    expect(setUp().sockscope.session).toMatch(SESSION_PATTERN);
  });

  it("has the ends of all connections on board when the page goes away", async () => {
    const { environment, sockscope } = setUp();
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    await environment.emit("pagehide");
    await environment.emit("hidden");
    expect(environment.requests.map(({ by }) => by)).toEqual(["beacon"]);
    const labels = { code: "none", phase: "opened", ended_by: "left" };
    expect(environment.batches[0]?.leaving).toBe(true);
    expect(environment.batches[0]?.counters).toContainEqual({ name: CLOSES.name, labels, delta: 1 });
    await environment.emit("pageshow");
    socket.end(1006);
    await sockscope.flush();
    const [last, again, back, ...more] = environment.batches;
    expect(again).toEqual(last);
    expect(back).toMatchObject({ seq: 2, counters: [], histograms: [] });
    expect(more).toEqual([]);
  });

  it("leaves once when the page is frozen and then put away, and comes back when it is resumed", async () => {
    const { environment } = setUp();
    await environment.emit("freeze");
    await environment.emit("pagehide");
    await environment.emit("hidden");
    expect(environment.batches.map(({ seq, leaving }) => [seq, leaving])).toEqual([[1, true]]);
    await environment.emit("resume");
    expect(environment.batches.at(-1)).toMatchObject({ seq: 2 });
    expect(environment.batches.at(-1)).not.toHaveProperty("leaving");
  });

  it("ends a connection once, though a frame comes between being put away and being frozen", async () => {
    const { environment, sockscope } = setUp();
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    await environment.emit("pagehide");
    socket.receive('{"type":"pong","id":1}');
    await environment.emit("freeze");
    await environment.emit("resume");
    await sockscope.flush();
    const closes = environment.batches
      .filter(({ seq }, position, all) => all.findIndex((batch) => batch.seq === seq) === position)
      .flatMap(({ counters }) => counters)
      .filter(({ name }) => name === CLOSES.name);
    expect(closes.map(({ delta }) => delta)).toEqual([1]);
  });

  it.each(["hidden", "visible", "resume", "online"] as const)(
    "sends at once when the page is %s",
    async (event) => {
      const { environment, sockscope } = setUp();
      const socket = fakeWebSocket();
      sockscope.observe(socket);
      socket.end(1006);
      await environment.emit(event);
      expect(environment.batches).toHaveLength(1);
    },
  );

  it("leaves no listener and no timer when it is stopped", async () => {
    const { environment, sockscope } = setUp();
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    expect([environment.subscribers.size, environment.timers.size, socket.listeners]).toEqual([1, 1, 3]);
    const stopped = sockscope.stop();
    expect([environment.subscribers.size, socket.listeners]).toEqual([0, 0]);
    await stopped;
    expect(environment.timers.size).toBe(0);
  });

  it("never throws or rejects when its surroundings misbehave", async () => {
    const environment = new FakeEnvironment();
    const fail = () => {
      throw new Error("broken by the page");
    };
    const works = environment.fetch.bind(environment);
    Object.assign(environment, {
      fetch: fail,
      sendBeacon: fail,
      setTimeout: fail,
      clearTimeout: fail,
      subscribe: fail,
    });
    const sockscope = start({ collector: COLLECTOR, app: "chat", environment });
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.end(1006);
    await expect(sockscope.flush()).resolves.toBeUndefined();
    Object.assign(environment, { fetch: works, setTimeout: () => 0, clearTimeout: () => {} });
    await sockscope.flush();
    await sockscope.flush();
    const lost = environment.batches
      .flatMap(({ counters }) => counters)
      .filter(({ name }) => name === TELEMETRY_LOST.name);
    expect(lost).toContainEqual(expect.objectContaining({ labels: { where: "internal" } }));
    Object.assign(environment, { setTimeout: fail, clearTimeout: fail });
    expect(() => sockscope.stop()).not.toThrow();
  });
});
