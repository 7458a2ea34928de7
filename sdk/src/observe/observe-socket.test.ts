import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECTION_DURATION,
  DOWNTIME,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  INBOUND_SILENCE,
  RECONNECT_DELAY,
  RECONNECT_EPISODE_ATTEMPTS,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
  SILENT_GIVE_UP_MS,
  STABLE_UPTIME_MS,
  TELEMETRY_LOST,
  TIME,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { FakeReconnectingWebSocket } from "../testing/fake-reconnecting-web-socket.test-support.ts";
import { type FakeWebSocket, fakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { createLivingPage } from "../testing/living-page.test-support.ts";
import { createTestPage } from "../testing/test-page.test-support.ts";
import { createEndpoint } from "./endpoint.ts";
import { observeSocket, type SocketObservation } from "./observe-socket.ts";
import type { SocketLike } from "./shadow.ts";

const PONG = '{"type":"pong"}';

/** How often a socket is asked for its state when the page settles: not once, where nothing more is recorded of it. */
function askedWhenSettled(socket: object, settle: () => void): number {
  let asked = 0;
  const state = Reflect.get(socket, "readyState");
  Object.defineProperty(socket, "readyState", {
    configurable: true,
    get: () => {
      asked++;
      return state;
    },
  });
  settle();
  Object.defineProperty(socket, "readyState", { configurable: true, writable: true, value: state });
  return asked;
}

describe("a client that opens sockets of its own", () => {
  function setUp() {
    const page = createLivingPage();
    const client = new FakeReconnectingWebSocket();
    const observation = page.observations.observe(client as unknown as SocketLike);
    return { ...page, client, observation };
  }

  it("is followed connection by connection, with the attempts that fail in between", async () => {
    const { client, pass, totals } = setUp();
    pass(100);
    client.opens();
    client.receives(PONG);
    pass(60_000);
    await client.ends(1012);
    pass(1_000);
    client.connects();
    pass(500);
    await client.fails();
    pass(2_000);
    client.connects();
    pass(250);
    client.opens();
    pass(STABLE_UPTIME_MS);
    client.receives(PONG);
    await client.ends(1011);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual([
      "failed backoff 1",
      "opened backoff 1",
      "opened initial 1",
    ]);
    expect(totals().shown(CLOSES)).toEqual([
      "1006 never_opened network 1",
      "1011 opened peer 1",
      "1012 opened peer 1",
    ]);
    expect(totals().shown(FRAMES_RECEIVED)).toEqual(["pong 2"]);
    expect(totals().shown(CONNECTION_DURATION)).toEqual(["2 65"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(RECONNECT_EPISODE_ATTEMPTS)).toEqual(["1 2"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 3.75"]);
    expect(totals().shown(TIME)).toEqual(["connected 65", "reconnecting 3"]);
    expect(totals().shown(TELEMETRY_LOST)).toEqual([]);
  });

  it("has no connect duration and no delay of attempts whose beginning is not to be seen", async () => {
    const { client, pass, totals } = setUp();
    pass(100);
    client.opens();
    pass(STABLE_UPTIME_MS);
    await client.ends(1012);
    pass(3_000);
    client.connects();
    pass(2_000);
    client.opens();
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(CONNECT_DURATION)).toEqual(["1 0.1"]);
    expect(totals().shown(RECONNECT_DELAY)).toEqual([]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 5"]);
  });

  it("is followed when it reconnects after a close that leaves nothing to do", async () => {
    const { client, pass, totals } = setUp();
    client.opens();
    pass(STABLE_UPTIME_MS);
    await client.ends(1000);
    pass(5_000);
    client.opens();
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened backoff 1", "opened initial 1"]);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual([]);
    expect(totals().shown(TIME)).toEqual(["connected 10"]);
  });

  it("is followed from its next connection on where it was closed when it was handed over", () => {
    const { observations, pass, totals } = createLivingPage();
    const client = new FakeReconnectingWebSocket();
    client.readyState = 3;
    observations.observe(client as unknown as SocketLike);
    pass(5_000);
    expect(totals().shown(TIME)).toEqual([]);
    client.opens();
    client.receives(PONG);
    pass(5_000);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened backoff 1"]);
    expect(totals().shown(TIME)).toEqual(["connected 5"]);
  });

  it("gave up, without a word, when it stops trying", async () => {
    const { client, pass, totals } = setUp();
    client.opens();
    pass(STABLE_UPTIME_MS);
    await client.ends(1006);
    for (let failures = 0; failures < 10; failures++) {
      pass(1_000);
      await client.fails();
    }
    pass(SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
    expect(totals().of(CONNECT_ATTEMPTS, "failed")).toEqual({ count: 10, sum: 0 });
  });

  it("gave up an attempt of its own when the page closes it while that is under way", async () => {
    const { client, pass, totals } = setUp();
    client.opens();
    pass(STABLE_UPTIME_MS);
    await client.ends(1012);
    pass(1_000);
    client.connects();
    client.close();
    await client.ends(1000);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["aborted backoff 1", "opened initial 1"]);
    expect(totals().shown(CLOSES)).toEqual(["1012 opened peer 1"]);
    pass(SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["abandoned close 1"]);
  });

  it("wants nothing any more when the page closes it in its backoff", async () => {
    const { client, observations, pass, totals } = setUp();
    client.opens();
    pass(STABLE_UPTIME_MS);
    await client.ends(1012);
    pass(1_000);
    client.close();
    pass(2 * SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["abandoned close 1"]);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 1"]);
    expect(observations.worstState()).toBeUndefined();
  });

  it.each([[false], [undefined], [null]])(
    "keeps what it calls reconnect and is no method: %s",
    (reconnect) => {
      const client = Object.assign(new FakeReconnectingWebSocket(), { reconnect });
      const { observations, told } = createLivingPage();
      observations.observe(client as unknown as SocketLike);
      expect(client.reconnect).toBe(reconnect);
      expect(told).toEqual([]);
    },
  );

  it("is closed by the page where that says so", async () => {
    const { client, pass, totals } = setUp();
    client.opens();
    pass(60_000);
    client.close();
    await client.ends(1000);
    expect(totals().shown(CLOSES)).toEqual(["1000 opened page 1"]);
    pass(2 * SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual([]);
    expect(totals().shown(TIME)).toEqual(["connected 60"]);
  });

  it("is not asked for anything between its connections, and again while it has one", async () => {
    const { client, observations, pass } = setUp();
    for (let connections = 0; connections < 3; connections++) {
      client.opens();
      expect(askedWhenSettled(client, observations.settle)).toBe(1);
      pass(STABLE_UPTIME_MS);
      await client.ends(1012);
      expect(askedWhenSettled(client, observations.settle)).toBe(0);
      await client.fails();
      expect(askedWhenSettled(client, observations.settle)).toBe(0);
    }
    expect(client.listeners).toBe(4);
  });

  it("is left as it was when it is no longer observed, and its later connections are not recorded", async () => {
    const { client, observation, pass, totals } = setUp();
    client.opens();
    pass(STABLE_UPTIME_MS);
    await client.ends(1012);
    observation.stop();
    const before = [totals().of(CONNECT_ATTEMPTS).count, totals().of(RECONNECT_EPISODES).count];
    client.opens();
    client.receives(PONG);
    pass(STABLE_UPTIME_MS);
    expect([totals().of(CONNECT_ATTEMPTS).count, totals().of(RECONNECT_EPISODES).count]).toEqual(before);
    expect(client.listeners).toBe(0);
    expect(Object.hasOwn(client, "send")).toBe(false);
  });

  it("is apart from another that does not know its URL yet either", async () => {
    const { client, observations, pass, totals } = setUp();
    const other = new FakeReconnectingWebSocket();
    observations.observe(other as unknown as SocketLike);
    client.opens();
    pass(STABLE_UPTIME_MS);
    await client.ends(1012);
    other.opens();
    pass(STABLE_UPTIME_MS);
    expect(observations.worstState()).toBe("reconnecting");
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 2"]);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
  });

  it("lost its connection to the network when it tells of an error just after it", async () => {
    const { client, pass, totals } = setUp();
    client.opens();
    pass(STABLE_UPTIME_MS);
    await client.fails();
    expect(totals().shown(CLOSES)).toEqual(["1006 opened network 1"]);
    pass(1_000);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
  });

  it("did not fail because it failed before", async () => {
    const { client, pass, totals } = setUp();
    await client.fails();
    client.opens();
    pass(STABLE_UPTIME_MS);
    await client.ends(1000);
    expect(totals().shown(CLOSES)).toEqual(["1000 opened peer 1", "1006 never_opened network 1"]);
  });

  it("has lost its connection without a code when it tells of none", async () => {
    const { client, pass, totals } = setUp();
    client.opens();
    pass(STABLE_UPTIME_MS);
    await client.ends();
    expect(totals().shown(CLOSES)).toEqual(["1005 opened peer 1"]);
  });

  it("is left and comes back like any other", async () => {
    const { client, observations, pass, totals } = setUp();
    client.opens();
    pass(60_000);
    observations.leave();
    pass(60_000);
    await client.ends(1006);
    client.opens();
    client.receives(PONG);
    pass(60_000);
    await client.ends(1012);
    expect(totals().shown(CLOSES)).toEqual(["1012 opened peer 1", "none opened left 1"]);
    expect(totals().shown(CONNECTION_DURATION)).toEqual(["2 120"]);
  });
});

describe("an event that another listener keeps to itself", () => {
  function setUp() {
    const page = createLivingPage();
    const socket = fakeWebSocket();
    const keep = (type: string) => socket.addEventListener(type, (event) => event.stopImmediatePropagation());
    return { ...page, socket, keep, observe: () => page.observations.observe(socket) };
  }

  it("is an opening that the page sees by itself soon after", () => {
    const { socket, keep, observe, pass, totals } = setUp();
    keep("open");
    observe();
    socket.open();
    pass(2_000 + STABLE_UPTIME_MS);
    socket.end(1012);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 1"]);
    expect(totals().shown(CLOSES)).toEqual(["1012 opened peer 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
  });

  it("is an opening that a frame proves", () => {
    const { socket, keep, observe, pass, totals } = setUp();
    keep("open");
    observe();
    pass(100);
    socket.open();
    socket.receive(PONG);
    socket.end(1012);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 1"]);
    expect(totals().shown(CONNECT_DURATION)).toEqual(["1 0.1"]);
    expect(totals().shown(CLOSES)).toEqual(["1012 opened peer 1"]);
    expect(totals().shown(TELEMETRY_LOST)).toEqual([]);
  });

  it("is an opening that is seen when the page goes away", () => {
    const { socket, keep, observe, observations, totals } = setUp();
    keep("open");
    observe();
    socket.open();
    observations.leave();
    expect(totals().shown(CLOSES)).toEqual(["none opened left 1"]);
  });

  it("is a close that the page sees by itself, and that the user feels", () => {
    const { socket, keep, observe, observations, pass, told, totals } = setUp();
    keep("close");
    observe();
    socket.open();
    pass(60_000);
    socket.end(1006);
    pass(10_000);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(observations.worstState()).toBe("reconnecting");
    expect(totals().shown(TELEMETRY_LOST)).toEqual(["internal 1"]);
    expect(told).toEqual(["SOCKSCOPE_ERR_SOCKET"]);
  });

  it("is the opening of a connection that is there when the page comes back, and that the page closes", () => {
    const { socket, keep, observe, observations, totals } = setUp();
    keep("open");
    observe();
    observations.leave();
    socket.open();
    observations.comeBack();
    socket.close();
    socket.end(1000);
    expect(totals().shown(CLOSES)).toEqual(["1000 opened page 1"]);
  });

  it("is none where the others come later", () => {
    const { socket, keep, observe, totals } = setUp();
    observe();
    for (const type of ["open", "message", "close"]) keep(type);
    socket.open();
    socket.receive(PONG);
    socket.end(1012);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 1"]);
    expect(totals().shown(FRAMES_RECEIVED)).toEqual(["pong 1"]);
    expect(totals().shown(CLOSES)).toEqual(["1012 opened peer 1"]);
  });
});

describe("a socket that takes no properties", () => {
  it.each([
    ["frozen", Object.freeze],
    ["sealed", Object.seal],
    ["not extensible", Object.preventExtensions],
  ])("is recorded, but for what the page does with it, which is told, when it is %s", (_, harden) => {
    const { observations, pass, told, totals } = createLivingPage();
    let state = 0;
    const become = (next: number) => {
      state = next;
    };
    const socket = fakeWebSocket();
    Object.defineProperty(socket, "readyState", { get: () => state, set: become });
    // A browser keeps listeners apart from the object; Node keeps them in it, where a frozen one takes none.
    const events = new EventTarget();
    for (const method of ["addEventListener", "removeEventListener", "dispatchEvent"] as const)
      Object.defineProperty(socket, method, { value: events[method].bind(events) });
    harden(socket);
    expect(() => observations.observe(socket)).not.toThrow();
    socket.open();
    socket.send("hello");
    socket.receive(PONG);
    pass(60_000);
    socket.end(1012);
    expect(socket.sent).toEqual(["hello"]);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 1"]);
    expect(totals().shown(CLOSES)).toEqual(["1012 opened peer 1"]);
    expect(totals().shown(CONNECTION_DURATION)).toEqual(["1 60"]);
    expect(totals().shown(FRAMES_RECEIVED)).toEqual(["pong 1"]);
    expect(totals().shown(FRAMES_SENT)).toEqual([]);
    expect(totals().shown(TELEMETRY_LOST)).toEqual(["internal 2"]);
    expect(told).toEqual(["SOCKSCOPE_ERR_SOCKET", "SOCKSCOPE_ERR_SOCKET"]);
  });
});

describe("a hostile socket", () => {
  const fail = () => {
    throw new Error("fault of the page");
  };

  it("is refused, and told, when it does not say its URL", () => {
    const { observations, told, totals } = createLivingPage();
    const socket = fakeWebSocket();
    Object.defineProperty(socket, "url", { get: fail });
    expect(() => observations.observe(socket)).not.toThrow();
    expect(socket.listeners).toBe(0);
    expect(told).toEqual(["SOCKSCOPE_ERR_SOCKET"]);
    expect(totals().shown(TELEMETRY_LOST)).toEqual(["internal 1"]);
  });

  it("is recorded without its URL where the application says what it is for", () => {
    const { observations, told, totals } = createLivingPage();
    const socket = fakeWebSocket();
    Object.defineProperty(socket, "url", { get: fail });
    observations.observe(socket, { episode: "chat" });
    socket.end(1006);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["failed initial 1"]);
    expect(told).toEqual([]);
  });

  it("is refused, and left as it was, when it does not say its state", () => {
    const { observations, told, totals } = createLivingPage();
    const socket = fakeWebSocket();
    const before = Object.getOwnPropertyNames(socket);
    Object.defineProperty(socket, "readyState", { get: fail });
    expect(() => observations.observe(socket)).not.toThrow();
    expect([socket.listeners, Object.getOwnPropertyNames(socket)]).toEqual([0, before]);
    expect(told).toEqual(["SOCKSCOPE_ERR_SOCKET"]);
    expect(totals().shown(TELEMETRY_LOST)).toEqual(["internal 1"]);
  });

  it("is recorded by its events when it no longer says its state", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const socket = open();
    Object.defineProperty(socket, "readyState", { configurable: true, get: fail });
    pass(60_000);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 1"]);
    observations.leave();
    expect(totals().shown(CLOSES)).toEqual(["none opened left 1"]);
    expect(totals().shown(TELEMETRY_LOST)).toEqual([]);
  });

  it("loses a frame that does not say what it is, and no other", () => {
    const { open, totals } = createLivingPage();
    const socket = open();
    const hostile = new Event("message");
    Object.defineProperty(hostile, "data", { get: fail });
    expect(() => socket.dispatchEvent(hostile)).not.toThrow();
    socket.receive(PONG);
    expect(totals().shown(FRAMES_RECEIVED)).toEqual(["pong 1"]);
    expect(totals().shown(TELEMETRY_LOST)).toEqual(["internal 1"]);
  });

  it("is no longer recorded when it is not observed any more, though it keeps the listeners", () => {
    const { connect, observations, pass, totals } = createLivingPage();
    const socket = connect();
    const observation = observations.observe(socket);
    socket.removeEventListener = () => {};
    observation.stop();
    socket.open();
    socket.receive(PONG);
    pass(STABLE_UPTIME_MS);
    expect(askedWhenSettled(socket, observations.settle)).toBe(0);
    socket.end(1012);
    expect(totals().shown(FRAMES_RECEIVED)).toEqual([]);
    expect(totals().shown(CLOSES)).toEqual([]);
    expect(totals().shown(TIME)).toEqual([]);
  });

  it.each([undefined, null, 7, "wss://chat.example", {}, { addEventListener: true }])(
    "is none, and told once, when it is %j",
    (value) => {
      const { observations, told } = createLivingPage();
      expect(() => observations.observe(value as unknown as SocketLike).gaveUp()).not.toThrow();
      expect(told).toEqual(["SOCKSCOPE_ERR_SOCKET"]);
    },
  );
});

describe("an observation", () => {
  /** Observes with nothing in between, so that it is seen what is active. */
  function setUp(socket: object) {
    const host = new FakeHost();
    const { recorder, clock, conditions } = createTestPage(host);
    const active = new Set<SocketObservation>();
    const observation = observeSocket(
      socket as SocketLike,
      {},
      {
        recorder,
        clock,
        host,
        active,
        conditions,
        lastSighting: { url: "", at: -Infinity },
        isAway: () => false,
        whenStopped: () => {},
        endpoint: createEndpoint(recorder, clock, conditions),
        latencies: { received: () => {}, sent: () => {} },
        consequenceOf: () => "reconnecting",
        isAnswered: () => false,
        suffered: () => {},
        neverOpened: () => {},
        probe: undefined,
        countReceived: () => "other",
        countSent: () => "other",
        tell: () => {},
      },
    );
    return { active, observation };
  }

  it("of a browser's socket is active until that ends", () => {
    const socket = fakeWebSocket();
    const { active, observation } = setUp(socket);
    expect([...active]).toEqual([observation]);
    socket.open();
    socket.receive(PONG);
    expect(active.size).toBe(1);
    socket.end(1012);
    expect(active.size).toBe(0);
  });

  it("of a client that reconnects is active until the page closes it, as it may go on", async () => {
    const client = new FakeReconnectingWebSocket();
    const { active } = setUp(client);
    for (let connections = 0; connections < 3; connections++) {
      client.opens();
      expect(active.size).toBe(1);
      await client.ends(1012);
      await client.fails();
      expect(active.size).toBe(1);
    }
    client.opens();
    client.close();
    await client.ends(1000);
    expect(active.size).toBe(0);
    client.opens();
    await client.ends(1012);
    expect(active.size).toBe(1);
  });

  it("is no longer active when it is stopped", () => {
    const { active, observation } = setUp(fakeWebSocket());
    observation.stop();
    expect(active.size).toBe(0);
  });
});

describe("the properties that are put on a socket", () => {
  it("are met by no loop over it, and in no copy", () => {
    const { connect } = createLivingPage();
    const [keys, looped] = [Object.keys(fakeWebSocket()), [] as string[]];
    const socket = connect();
    for (const key in socket) looped.push(key);
    const plain: string[] = [];
    for (const key in fakeWebSocket()) plain.push(key);
    expect(Object.keys(socket)).toEqual(keys);
    expect(looped).toEqual(plain);
    expect(Object.hasOwn({ ...socket }, "send")).toBe(false);
    for (const method of ["send", "close"])
      expect(Object.getOwnPropertyDescriptor(socket, method)?.enumerable).toBe(false);
  });

  it("leave the prototype and the socket's class alone", () => {
    const { connect } = createLivingPage();
    const { send, close } = Object.getPrototypeOf(fakeWebSocket()) as FakeWebSocket;
    const socket = connect();
    expect(Object.getPrototypeOf(socket)).toBe(Object.getPrototypeOf(fakeWebSocket()));
    expect(Object.getPrototypeOf(socket)).toMatchObject({ send, close });
  });
});

describe("the silence of a connection", () => {
  it("is the longest time without a frame, between frames", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    for (const ms of [3_000, 45_000, 10_000]) {
      pass(ms);
      socket.receive(PONG);
    }
    pass(2_000);
    socket.end(1012);
    expect(totals().shown(INBOUND_SILENCE)).toEqual(["1 45"]);
  });

  it("begins with the opening", () => {
    const { connect, pass, totals } = createLivingPage();
    const socket = connect();
    pass(4_000);
    socket.open();
    pass(3_000);
    socket.receive(PONG);
    socket.end(1012);
    expect(totals().shown(INBOUND_SILENCE)).toEqual(["1 3"]);
  });

  it("ends with the connection: a zombie was silent until somebody noticed", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(5_000);
    socket.receive(PONG);
    pass(900_000);
    socket.end(1006);
    expect(totals().shown(INBOUND_SILENCE)).toEqual(["1 900"]);
  });

  it("is one value a connection, and none of an attempt or of a socket that was open before", () => {
    const { open, connect, pass, observations, totals } = createLivingPage();
    const before = fakeWebSocket();
    before.open();
    observations.observe(before);
    pass(10_000);
    before.receive(PONG);
    before.end(1012);
    connect().end(1006);
    const first = open();
    const second = open();
    pass(6_000);
    first.end(1012);
    pass(6_000);
    second.end(1012);
    expect(totals().shown(INBOUND_SILENCE)).toEqual(["2 18"]);
  });

  it("is broken by any frame, also one that the page never reads", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    for (const frame of [new ArrayBuffer(4), "", "no JSON"]) {
      pass(10_000);
      socket.receive(frame);
    }
    socket.end(1012);
    expect(totals().shown(INBOUND_SILENCE)).toEqual(["1 10"]);
  });

  it("is not broken by what the page sends", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(10_000);
    socket.send('{"type":"ping","id":1}');
    pass(10_000);
    socket.end(1012);
    expect(totals().shown(INBOUND_SILENCE)).toEqual(["1 20"]);
  });
});
