import { readFixtures } from "@sockscope/catalog/fixtures";
import { batchPath, KEEP_ALIVE_MS, SESSION_PATTERN, wireName } from "@sockscope/catalog/protocol";
import {
  AFFECTED_AGAIN_MS,
  AFFECTED_SESSIONS,
  AFTERMATH_MS,
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECT_TIMEOUT_MS,
  CONNECTION_DURATION,
  DOWNTIME,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  HEAP_GROWTH,
  PAGE_RELOADS,
  PATIENCE_MS,
  RECONNECT_EPISODES,
  RTT,
  STABLE_UPTIME_MS,
  TELEMETRY_LOST,
  TIME,
} from "@sockscope/catalog/runtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Problem } from "./problems.ts";
import { start } from "./start.ts";
import { FakeHost, refusal, settled } from "./testing/fake-host.test-support.ts";
import { FakeReconnectingWebSocket } from "./testing/fake-reconnecting-web-socket.test-support.ts";
import { fakeWebSocket } from "./testing/fake-web-socket.test-support.ts";
import { Totals } from "./testing/recorded.test-support.ts";
import { newPage, started } from "./testing/started.test-support.ts";

const COLLECTOR = "https://collector.example";

const warnings = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => {
  warnings.mockClear();
});
afterEach(newPage);

describe("the wire", () => {
  it("carries exactly the request of the fixture", async () => {
    const fixture = readFixtures().find(({ name }) => name === "accepted-close-and-handshake");
    const { path, headers, body } = fixture?.exchanges[0]?.request ?? expect.fail();
    const host = new FakeHost();
    const bytes = Uint8Array.from(path.match(/[0-9a-f]{2}(?=[0-9a-f]*\?)/g) ?? [], (hex) =>
      Number.parseInt(hex, 16),
    );
    host.randomBytes = (count) => bytes.slice(0, count);
    const { sockscope } = started({ host });
    const socket = fakeWebSocket();
    sockscope.observe(socket, { trigger: "initial" });
    host.clock += 31;
    socket.open();
    socket.receive('{"type":"rehydration"}');
    socket.end(4401);
    host.replies = ["network error"];
    await sockscope.flush();
    host.clock += Number(String(body).split(/[ \n]/)[1]);
    await sockscope.flush();
    const request = host.requests.at(-1);
    expect(request?.url).toBe(COLLECTOR + path);
    const sent = new Request(request?.url ?? "", request?.init);
    expect(sent.headers.get("content-type")).toBe(headers["content-type"]);
    const [head, ...lines] = String(body).split("\n");
    expect(request?.body.split("\n")[0]).toBe(head);
    expect(request?.body.split("\n")).toEqual(expect.arrayContaining(lines));
  });
});

describe("start", () => {
  it("says of which app, key and release the page is with every batch", async () => {
    const { host, sockscope } = started({ key: "pk-1", release: "chat@2.4.1+7" });
    await sockscope.flush();
    sockscope.count({ type: "counter", name: "own_total", labels: {} }, {});
    await sockscope.flush();
    expect(host.requests[0]?.url).toBe(
      COLLECTOR + batchPath(sockscope.session, { app: "chat", key: "pk-1", release: "chat@2.4.1+7" }),
    );
  });

  it("follows a socket from its observation to the batch", async () => {
    const { host, sockscope } = started();
    const socket = fakeWebSocket();
    sockscope.observe(socket, { trigger: "initial" });
    host.clock += 31;
    socket.open();
    socket.send('{"type":"client_hello","thread_id":"t"}');
    socket.receive('{"type":"rehydration","thread_id":"t"}');
    host.clock += 2_000;
    socket.end(4401);
    await sockscope.flush();
    expect(host.batches[0]?.lines).toEqual(
      expect.arrayContaining([
        `${wireName(FRAMES_SENT.name)}/client_hello 1`,
        `${wireName(CONNECT_ATTEMPTS.name)}/opened/initial 1`,
        `${wireName(FRAMES_RECEIVED.name)}/rehydration 1`,
        `${wireName(CLOSES.name)}/4401/opened/peer 1`,
        `${wireName(AFFECTED_SESSIONS.name)}/4401 1`,
        `${wireName(CONNECT_DURATION.name)} ${CONNECT_DURATION.layout.id} 2:1 0.031`,
        `${wireName(CONNECTION_DURATION.name)} ${CONNECTION_DURATION.layout.id} 1:1 2`,
        `${wireName(TIME.name)}/connected 2`,
      ]),
    );
  });

  it("chooses a session as the protocol wants it", () => {
    expect(started().sockscope.session).toMatch(SESSION_PATTERN);
  });

  it("has the ends of all connections on board when the page goes away", async () => {
    const { host, sockscope } = started();
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    await host.emit("pagehide");
    await host.emit("hidden");
    expect(host.requests.map(({ init }) => init?.keepalive)).toEqual([true]);
    expect(host.batches[0]).toMatchObject({ leaving: true });
    expect(host.batches[0]?.lines).toContain(`${wireName(CLOSES.name)}/none/opened/left 1`);
    await host.emit("pageshow");
    socket.end(1006);
    await sockscope.flush();
    expect(host.batches.slice(1)).toMatchObject([{ seq: 2, lines: [], leaving: false }]);
  });

  it("has the ends of all connections on board though the tab remembers nothing", async () => {
    const host = new FakeHost();
    host.sessionStorage = () => {
      throw new DOMException("The document is sandboxed", "SecurityError");
    };
    const { sockscope } = started({ host });
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    await host.emit("pagehide");
    expect(host.batches[0]).toMatchObject({ leaving: true });
    expect(host.batches[0]?.lines).toContain(`${wireName(CLOSES.name)}/none/opened/left 1`);
  });

  it("leaves once when the page is frozen and then put away, and comes back when it is resumed", async () => {
    const { host } = started();
    await host.emit("freeze");
    await host.emit("pagehide");
    await host.emit("hidden");
    expect(host.batches.map(({ seq, leaving }) => [seq, leaving])).toEqual([[1, true]]);
    await host.emit("resume");
    expect(host.batches.at(-1)).toMatchObject({ seq: 2, leaving: false });
  });

  it("ends a connection once, though a frame comes between being put away and being frozen", async () => {
    const { host, sockscope } = started();
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    await host.emit("pagehide");
    socket.receive('{"type":"pong","id":1}');
    await host.emit("freeze");
    await host.emit("resume");
    await sockscope.flush();
    const bySeq = new Map(host.batches.map(({ seq, lines }) => [seq, lines]));
    const closes = [...bySeq.values()].flat().filter((line) => line.startsWith(wireName(CLOSES.name)));
    expect(closes).toEqual([`${wireName(CLOSES.name)}/none/opened/left 1`]);
  });

  it.each(["hidden", "visible", "resume", "online"] as const)(
    "sends at once when the page is %s",
    async (event) => {
      const { host, sockscope } = started();
      const socket = fakeWebSocket();
      sockscope.observe(socket);
      socket.end(1006);
      await host.emit(event);
      expect(host.batches).toHaveLength(1);
    },
  );

  it("sends nothing when the network goes", async () => {
    const { host, sockscope } = started();
    sockscope.observe(fakeWebSocket());
    await host.emit("offline");
    expect(host.requests).toEqual([]);
  });

  it("leaves no listener and no timer when it is stopped, and says that its session is over", async () => {
    const { host, sockscope } = started();
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    expect([host.subscribers.size, host.timers.size, socket.listeners]).toEqual([1, 2, 3]);
    const stopped = sockscope.stop();
    expect([host.subscribers.size, socket.listeners]).toEqual([0, 0]);
    await stopped;
    expect(host.timers.size).toBe(0);
    expect(host.batches.at(-1)?.leaving).toBe(true);
  });

  it("never throws or rejects when its surroundings misbehave", async () => {
    const host = new FakeHost();
    const fail = () => {
      throw new Error("broken by the page");
    };
    const works = host.fetch.bind(host);
    const broken = ["fetch", "sendBeacon", "fetchLater", "setTimeout", "clearTimeout", "subscribe"];
    const moreBroken = ["sessionStorage", "isReload", "heapBytes"];
    for (const method of [...broken, ...moreBroken]) Object.assign(host, { [method]: fail });
    const { sockscope } = started({ host });
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.end(1006);
    await expect(sockscope.flush()).resolves.toBeUndefined();
    Object.assign(host, { fetch: works, setTimeout: () => 0, clearTimeout: () => {} });
    await sockscope.flush();
    await sockscope.flush();
    const lost = `${wireName(TELEMETRY_LOST.name)}/internal `;
    expect(host.batches.flatMap(({ lines }) => lines).some((line) => line.startsWith(lost))).toBe(true);
    Object.assign(host, { setTimeout: fail, clearTimeout: fail });
    expect(() => sockscope.stop()).not.toThrow();
  });

  it("returns what runs already, whoever asks, until that is stopped", async () => {
    const { host, sockscope } = started();
    const again = { collector: `${COLLECTOR}/`, app: "chat", host };
    expect(start(again)).toBe(sockscope);
    expect(start({ ...again, app: "other" })).not.toBe(sockscope);
    const copy = await vi.importActual<{ start: typeof start }>("./start.ts?copy");
    expect(copy.start(again)).toBe(sockscope);
    await sockscope.stop();
    expect(start(again)).not.toBe(sockscope);
  });

  it.each([
    ["an option cannot work", { collector: "telemetry.example.com", app: "chat" }, "the option collector is"],
    ["there are no options", undefined, "collector undefined"],
    [
      "the host has no random numbers",
      { collector: COLLECTOR, app: "chat", host: { now: () => 0 } },
      "is not a function",
    ],
    [
      "an option cannot be printed",
      { collector: Symbol("x"), app: "chat" },
      "the option collector is Symbol(x)",
    ],
    [
      "an option has no prototype",
      { collector: COLLECTOR, app: Object.create(null) },
      "the option app is a object",
    ],
  ])("does nothing, and says why once, when %s", async (_, options, why) => {
    const problems: Problem[] = [];
    const onProblem = (problem: Problem) => problems.push(problem);
    const sockscope = start((options && { ...options, onProblem }) as never);
    const socket = fakeWebSocket();
    const before = Object.getOwnPropertyNames(socket);
    const observation = sockscope.observe(socket);
    observation.gaveUp();
    observation.stop();
    sockscope.count({ type: "counter", name: "own_total", labels: {} }, {});
    sockscope.consent(true);
    await Promise.all([sockscope.flush(), sockscope.stop()]);
    expect(sockscope.session).toBe("");
    expect([socket.listeners, Object.getOwnPropertyNames(socket)]).toEqual([0, before]);
    const message = expect.stringContaining(why);
    expect(problems).toEqual(options ? [{ code: "SOCKSCOPE_ERR_OPTIONS", message }] : []);
    expect(warnings.mock.calls).toEqual([[expect.stringContaining("SOCKSCOPE_ERR_OPTIONS")]]);
    expect(warnings.mock.calls[0]?.[0]).toContain(why);
  });

  it("does nothing, and says why, when an option throws", () => {
    const options = {
      collector: COLLECTOR,
      get app(): string {
        throw null;
      },
    };
    expect(start(options).session).toBe("");
    expect(warnings.mock.calls).toEqual([[expect.stringContaining("SOCKSCOPE_ERR_OPTIONS")]]);
  });

  it("has no frozen time in any latency, and goes on with a connection that is still there though it is quiet", async () => {
    const { host, sockscope } = started();
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    await host.pass(STABLE_UPTIME_MS);
    socket.send('{"type":"ping","id":1}');
    await host.emit("freeze");
    host.clock += 100_000;
    host.wall += 100_000;
    await host.emit("resume");
    socket.receive('{"type":"pong","id":1}');
    await host.pass(STABLE_UPTIME_MS + 5_000);
    socket.end(1012);
    await sockscope.flush();
    const totals = new Totals();
    for (const { lines } of new Map(host.batches.map((batch) => [batch.seq, batch])).values())
      totals.add(lines);
    expect(totals.of(RTT).count).toBe(0);
    expect(totals.shown(CLOSES)).toEqual(["none opened left 1"]);
    expect(totals.shown(AFFECTED_SESSIONS)).toEqual(["1012 1"]);
    expect(totals.shown(TIME)).toEqual(["connected 15"]);
  });

  it("lets a frozen page be back at once, also with a network that came back while it was frozen", async () => {
    const { host, sockscope } = started();
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    await host.pass(STABLE_UPTIME_MS);
    host.online = false;
    await host.emit("freeze");
    host.clock += 100_000;
    host.wall += 100_000;
    host.online = true;
    await host.emit("resume");
    await host.pass(AFTERMATH_MS + 1_000);
    socket.end(1012);
    await host.pass(2_000);
    const next = fakeWebSocket();
    sockscope.observe(next);
    next.open();
    await host.pass(STABLE_UPTIME_MS);
    await sockscope.flush();
    const totals = new Totals();
    for (const { lines } of new Map(host.batches.map((batch) => [batch.seq, batch])).values())
      totals.add(lines);
    expect(totals.shown(DOWNTIME)).toEqual(["close 1 2"]);
  });

  it("believes a handshake that begins just after the machine woke", async () => {
    const { host, sockscope } = started();
    host.wall += 3_600_000;
    await host.emit("online");
    await host.pass(1);
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    await host.pass(300);
    socket.open();
    socket.receive('{"type":"pong"}');
    await sockscope.flush();
    const totals = new Totals();
    for (const { lines } of host.batches) totals.add(lines);
    expect(totals.shown(CONNECT_DURATION)).toEqual(["1 0.3"]);
  });

  it("goes on with a socket that opened after the page was frozen while it connected", async () => {
    const { host, sockscope } = started();
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    await host.emit("freeze");
    await host.emit("resume");
    socket.open();
    await host.pass(STABLE_UPTIME_MS + 5_000);
    socket.end(1011);
    await sockscope.flush();
    const totals = new Totals();
    for (const { lines } of new Map(host.batches.map((batch) => [batch.seq, batch])).values())
      totals.add(lines);
    expect(totals.shown(CONNECT_ATTEMPTS)).toEqual(["aborted initial 1"]);
    expect(totals.shown(CLOSES)).toEqual(["1011 opened peer 1"]);
    expect(totals.shown(TIME)).toEqual(["connected 10"]);
  });

  it("leaves a client as it was that waits for its next attempt when it is stopped, and an episode with an outcome", async () => {
    const { host, sockscope } = started();
    const client = new FakeReconnectingWebSocket();
    sockscope.observe(client as never);
    client.opens();
    client.receives("{}");
    await client.ends(1012);
    await host.pass(2_000);
    await sockscope.stop();
    expect([client.listeners, Object.hasOwn(client, "send")]).toEqual([0, false]);
    const totals = new Totals();
    totals.add(host.batches.flatMap(({ lines }) => lines));
    expect(totals.shown(RECONNECT_EPISODES)).toEqual(["abandoned close 1"]);
  });

  it("keeps the round trips of one server apart from those of another", async () => {
    const { host, sockscope } = started();
    const sockets = ["chat", "prices"].map((episode) => {
      const socket = fakeWebSocket();
      sockscope.observe(socket, { episode });
      socket.open();
      return socket;
    });
    for (const socket of sockets) {
      socket.send('{"type":"ping","id":1}');
      host.clock += 400;
    }
    for (const socket of sockets) socket.receive('{"type":"pong","id":1}');
    await sockscope.flush();
    const totals = new Totals();
    totals.add(host.batches[0]?.lines ?? []);
    expect(totals.of(RTT)).toEqual({ count: 2, sum: 1.2 });
  });

  it("observes a socket again that it was told to stop observing", async () => {
    const { host, sockscope } = started();
    const socket = fakeWebSocket();
    sockscope.observe(socket).stop();
    sockscope.observe(socket);
    socket.open();
    socket.receive("{}");
    await sockscope.flush();
    expect(host.batches[0]?.lines).toContain(`${wireName(CONNECT_ATTEMPTS.name)}/opened/unspecified 1`);
  });

  it("tells of an option that there is not", () => {
    const problems: Problem[] = [];
    started({ colector: COLLECTOR, onProblem: (problem: Problem) => problems.push(problem) } as object);
    expect(problems.map(({ message }) => message)).toEqual([
      'there is no option "colector" (collector "https://collector.example/", app "chat", origin undefined)',
    ]);
  });

  it("is stopped once: who stops it again does not stop what was started after it", async () => {
    const { host, sockscope } = started();
    await sockscope.stop();
    const next = start({ collector: COLLECTOR, app: "chat", host });
    await sockscope.stop();
    expect(start({ collector: COLLECTOR, app: "chat", host })).toBe(next);
  });

  it("keeps nothing in the tab, and asks nobody, before it has consent", async () => {
    const asked: string[] = [];
    const probe = { opened: () => {}, neverOpened: (url: string) => void asked.push(url) };
    const { host, sockscope } = started({ consent: false, probe });
    const suffer = () => {
      const socket = fakeWebSocket();
      sockscope.observe(socket);
      socket.end(1006);
    };
    suffer();
    await host.emit("pagehide");
    expect([host.memory.size, asked.length]).toEqual([0, 0]);
    await host.emit("pageshow");
    sockscope.consent(true);
    host.wall += AFFECTED_AGAIN_MS;
    suffer();
    expect([host.memory.size, asked.length]).toEqual([1, 1]);
    sockscope.consent(false);
    expect(host.memory.size).toBe(0);
  });

  it("counts the reload that brought the page once it has consent", async () => {
    const host = new FakeHost();
    host.memory.set("sockscope:chat:socket", "gave_up");
    host.reload = true;
    const { sockscope } = started({ host, consent: false });
    sockscope.consent(true);
    await sockscope.flush();
    expect(host.batches[0]?.lines).toEqual([`${wireName(PAGE_RELOADS.name)}/gave_up 1`]);
  });

  it("has it asked why an attempt does not open that the client gives up itself", () => {
    const asked: string[] = [];
    const probe = { opened: () => {}, neverOpened: (url: string) => void asked.push(url) };
    const { host, sockscope } = started({ probe });
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    host.clock += PATIENCE_MS;
    socket.close();
    expect(asked).toEqual([socket.url]);
  });

  it("tells once what its own callbacks throw, and what that costs is counted", async () => {
    const problems: Problem[] = [];
    const { host, sockscope } = started({ onProblem: (problem) => problems.push(problem) });
    const socket = fakeWebSocket();
    sockscope.observe(socket, {
      receivedEvent: () => {
        throw new Error("no kind");
      },
    });
    socket.open();
    for (let frames = 0; frames < 10; frames++) socket.receive("{}");
    await sockscope.flush();
    expect(host.batches[0]?.lines).toContain(`${wireName(TELEMETRY_LOST.name)}/internal 10`);
    expect(problems).toEqual([
      {
        code: "SOCKSCOPE_ERR_FAULT",
        message: expect.stringMatching(/^a measurement is lost, since something threw: no kind \(collector /),
      },
    ]);
  });

  it("counts a probe's faults as its own", async () => {
    const fail = () => {
      throw new Error("probe");
    };
    const { host, sockscope } = started({ probe: { opened: fail, neverOpened: fail } });
    const [one, other] = [fakeWebSocket(), fakeWebSocket()];
    sockscope.observe(one);
    one.end(1006);
    sockscope.observe(other);
    other.open();
    await sockscope.flush();
    expect(host.batches[0]?.lines.filter((line) => line.startsWith(wireName(TELEMETRY_LOST.name)))).toEqual(
      [],
    );
  });

  it("names the collector's refusal on the console and to onProblem, once", async () => {
    const problems: string[] = [];
    const { host, sockscope } = started({ onProblem: ({ code }) => problems.push(code) });
    for (let refusals = 0; refusals < 2; refusals++) {
      host.replies = [refusal(403, "SOCKSCOPE_ERR_ORIGIN")];
      sockscope.observe(fakeWebSocket()).stop();
      await host.emit("online");
      await host.pass(KEEP_ALIVE_MS);
    }
    expect(problems).toEqual(["SOCKSCOPE_ERR_ORIGIN"]);
    expect(warnings.mock.calls).toHaveLength(1);
  });

  it("survives whoever is told", async () => {
    const { host, sockscope } = started({
      onProblem: () => {
        throw new Error("fault of the page");
      },
    });
    expect(() => sockscope.observe({} as WebSocket)).not.toThrow();
    await sockscope.flush();
    expect(host.batches[0]?.lines).toEqual([`${wireName(TELEMETRY_LOST.name)}/internal 1`]);
  });

  it("sends nothing of a page load that is not sampled, and its sinks get everything", async () => {
    const host = new FakeHost();
    host.randomByte = 128;
    const told: string[] = [];
    const { sockscope } = started({
      host,
      sampleRate: 0.5,
      sinks: [{ counted: (series) => told.push(series) }],
    });
    sockscope.observe(fakeWebSocket()).stop();
    fakeWebSocket();
    const socket = fakeWebSocket();
    sockscope.observe(socket, { trigger: "manual" });
    socket.close();
    sockscope.consent(true);
    await sockscope.flush();
    expect(host.requests).toEqual([]);
    expect(told).toEqual([`${wireName(CONNECT_ATTEMPTS.name)}/aborted/manual`]);
    host.randomByte = 127;
    const sampled = started({ host, sampleRate: 0.5 });
    sampled.sockscope.observe(fakeWebSocket());
    await host.emit("hidden");
    expect(sampled.host.requests).toHaveLength(0);
  });

  it("leaves alone what an earlier page has kept when this page load is not sampled, until consent goes", () => {
    const host = new FakeHost();
    host.randomByte = 255;
    host.memory.set("sockscope:chat:socket", "healthy");
    const saved: unknown[] = [];
    const storage = { load: () => [], save: (batches: unknown) => void saved.push(batches) };
    const { sockscope } = started({ host, storage, sampleRate: 0.5 });
    sockscope.consent(true);
    expect([host.memory.size, saved]).toEqual([1, []]);
    sockscope.consent(false);
    expect(host.memory.size).toBe(0);
  });

  it("samples as small a share as it is told", async () => {
    const host = new FakeHost();
    const sent = async (first: number, second: number) => {
      host.randomBytes = (count) => new Uint8Array(count).fill(0).map((_, at) => [first, second][at] ?? 0);
      host.requests.length = 0;
      const { sockscope } = started({ host, sampleRate: 0.001 });
      sockscope.observe({} as WebSocket);
      await sockscope.flush();
      return host.requests.length;
    };
    expect([await sent(0, 65), await sent(0, 66)]).toEqual([1, 0]);
  });

  it("sends nothing before consent is given where it has to be", async () => {
    const { host, sockscope } = started({ consent: false });
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.end(1006);
    await host.pass(KEEP_ALIVE_MS);
    expect(host.requests).toEqual([]);
    sockscope.consent(true);
    await sockscope.flush();
    expect(host.batches[0]?.lines).toContain(`${wireName(CLOSES.name)}/1006/never_opened/network 1`);
  });

  it("survives a sink that throws, and says it once", () => {
    const onProblem = vi.fn();
    const { sockscope } = started({
      onProblem,
      sinks: [
        {
          counted: () => {
            throw new Error("fault of the sink");
          },
        },
      ],
    });
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    expect(() => socket.close()).not.toThrow();
    sockscope.noticed("stale frame dropped");
    sockscope.noticed("stale frame dropped");
    expect(onProblem.mock.calls).toEqual([
      [{ code: "SOCKSCOPE_ERR_SINK", message: expect.stringContaining("fault of the sink") }],
    ]);
  });

  it("counts a reload by what the socket was like when the page was left", async () => {
    const host = new FakeHost();
    const { sockscope } = started({ host });
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    socket.end(4401);
    await host.emit("pagehide");
    host.reload = true;
    const reloaded = started({ host });
    await reloaded.sockscope.flush();
    expect(host.batches.at(-1)?.lines).toEqual([`${wireName(PAGE_RELOADS.name)}/rejected 1`]);
    await started({ host }).sockscope.flush();
    expect(host.batches.at(-1)?.lines).toEqual([`${wireName(PAGE_RELOADS.name)}/rejected 1`]);
  });

  it("counts an attempt that nobody answers while it still hangs, between two flushes", async () => {
    const told: string[] = [];
    const { host, sockscope } = started({
      flushIntervalMs: KEEP_ALIVE_MS,
      sinks: [{ counted: (series) => told.push(series) }],
    });
    sockscope.observe(fakeWebSocket());
    await host.pass(CONNECT_TIMEOUT_MS);
    expect(told).toContain(`${wireName(CONNECT_ATTEMPTS.name)}/timed_out/initial`);
  });

  it("believes a long connection though the two clocks of the machine drift apart", async () => {
    const told: unknown[] = [];
    const { host, sockscope } = started({
      flushIntervalMs: KEEP_ALIVE_MS,
      sinks: [{ observed: (...args) => told.push(args) }],
    });
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    for (let minute = 0; minute < 60; minute++) {
      await host.pass(60_000);
      host.wall += 100;
    }
    socket.end(1012);
    expect(told).toContainEqual([wireName(CONNECTION_DURATION.name), 3600]);
  });

  it("counts time as it was until the network changes, though a hidden page looks once a minute", async () => {
    const host = new FakeHost();
    const soon = host.setTimeout.bind(host);
    host.setTimeout = (callback, delayMs) => soon(callback, Math.max(60_000, delayMs));
    const totals = new Totals();
    const { sockscope } = started({
      host,
      sinks: [{ counted: (series, by) => totals.add([`${series} ${by}`]) }],
    });
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    socket.end(1012);
    await host.pass(50_000);
    await host.emit("offline");
    await host.pass(100_000);
    await host.emit("online");
    expect(totals.shown(TIME)).toEqual(["offline 100", "reconnecting 50"]);
  });

  it("observes the heap's growth once an hour, four and eight", async () => {
    const { host } = started();
    host.heap = 10 * 2 ** 20;
    await host.pass(3_590_000);
    host.heap = 16 * 2 ** 20;
    await host.pass(5_000_000);
    const lines = host.batches
      .flatMap(({ lines }) => lines)
      .filter((line) => line.startsWith(wireName(HEAP_GROWTH.name)));
    expect(lines).toEqual([`${wireName(HEAP_GROWTH.name)}/1h ${HEAP_GROWTH.layout.id} 0:1 0`]);
    await settled();
  });
});
