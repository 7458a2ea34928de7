import {
  AUTH_METHOD,
  DEFAULT_CATALOG,
  ROUTE,
  SERVER_CLOSES,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  THREAD_ID,
} from "@sockscope/catalog";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { type InstrumentServerOptions, instrumentServer } from "./instrument-server.ts";
import type { Sample } from "./metrics/samples.ts";
import { seriesNames } from "./testing/exposition.test-support.ts";
import { FakeSocket } from "./testing/fake-socket.test-support.ts";
import { TEST_APP } from "./testing/instrumented.test-support.ts";
import { seeded } from "./testing/seeded.test-support.ts";
import { wsConnection } from "./ws/ws-connection.ts";

/** Names that trip up objects, lines, quotes and encodings. */
const NASTY = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  'a"b',
  "a\nb",
  "a\\",
  "a,app:chat",
  "\ud800",
  "\ud801",
  "\udfff x",
  "\u0000",
  "",
  " ",
  "other",
  "{}",
  "x".repeat(10_000),
];

/** As many routes as have series. */
const ROUTES = Array.from({ length: ROUTE.top }, (_, n) => `/${n}`);

function server(options: Partial<InstrumentServerOptions> = {}) {
  const registry = new Registry();
  const clock = { ms: 0, now: () => clock.ms };
  const instrumentation = instrumentServer({
    app: TEST_APP,
    registry,
    routes: ROUTES,
    byThread: true,
    clock,
    ...options,
  });
  const accept = (route: string, authMethod = "cookie") => {
    const socket = new FakeSocket();
    return { socket, connection: wsConnection(instrumentation, socket, { route, authMethod }) };
  };
  return { registry, clock, instrumentation, accept };
}

function sumOf(samples: readonly Sample[] | undefined): number {
  return (samples ?? []).reduce((sum, { value }) => sum + value, 0);
}

describe("the number of series", () => {
  it("stays within what it can be at the most, whatever 10,000 peers say", async () => {
    const { registry, instrumentation, accept } = server();
    for (let n = 0; n < 10_000; n += 1) {
      const word = NASTY[n % NASTY.length] ?? "";
      const name = n % 3 === 0 ? word : `${word}-${n}`;
      const { socket, connection } = accept(n % 2 === 0 ? (ROUTES[n % ROUTES.length] ?? "") : name, name);
      connection.setThread(name);
      connection.sentAs(name);
      connection.receivedAs(name);
      connection.send({ type: name });
      socket.receive(JSON.stringify({ type: name, event: name }));
      connection.refused(name as "invalid");
      connection.notSent(name as "closed");
      connection.rehydrated(name as "sent");
      instrumentation.handshakeRejected({ status: n, credentials: n % 2 === 0 });
      if (n % 4 !== 0) {
        socket.close(n % 5000 < 1000 ? undefined : n % 5000, name.slice(0, 100));
        socket.finish(n % 7 === 0 ? 1006 : n);
      }
    }
    const names = await seriesNames(registry);
    expect(names.length).toBeLessThanOrEqual(instrumentation.maxSeries);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(names.map((name) => Buffer.from(name).toString())).size).toBe(names.length);
    expect(names.filter((name) => !/^\w+\{(\w+="([^"\\\n]|\\["\\n])*",?)+\}$/.test(name))).toEqual([]);
  });

  it("has every thread that counts by name on every route, when all are there", () => {
    const { instrumentation, accept } = server();
    for (const route of [...ROUTES, "/unknown"])
      for (let n = 0; n <= THREAD_ID.top; n += 1) accept(route).connection.setThread(`thread-${n}`);
    const active = instrumentation.samples()[SERVER_CONNECTIONS_ACTIVE.name] ?? [];
    expect(active).toHaveLength((ROUTE.top + 1) * (THREAD_ID.top + 1));
  });

  it("is not more for a route that is configured twice, or called other", async () => {
    const { registry } = server({ routes: ["/ws", "/ws", "other", "__proto__"] });
    const names = await seriesNames(registry);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("threads by name", () => {
  function threadsOf({ instrumentation }: ReturnType<typeof server>): Readonly<Record<string, number>> {
    const samples = instrumentation.samples()[SERVER_CONNECTIONS_ACTIVE.name] ?? [];
    const sums = new Map<string, number>();
    for (const { labels, value } of samples) {
      const thread = labels["thread_id"] ?? "";
      sums.set(thread, (sums.get(thread) ?? 0) + value);
    }
    return Object.fromEntries(sums);
  }

  it("are the busiest, the others are other, and no connection is lost", () => {
    const made = server({ routes: ["/ws"] });
    for (let thread = 1; thread <= 30; thread += 1)
      for (let n = 0; n < thread; n += 1) made.accept("/ws").connection.setThread(`thread-${thread}`);
    const busiest = Array.from({ length: THREAD_ID.top }, (_, n) => [`thread-${30 - n}`, 30 - n]);
    const others = (10 * 11) / 2;
    expect(threadsOf(made)).toEqual({ ...Object.fromEntries(busiest), other: others });
  });

  it("are the same in two scrapes where they tie", () => {
    const made = server({ routes: ["/ws"] });
    const names = Array.from({ length: 40 }, (_, n) => `thread-${String((n * 7) % 40).padStart(2, "0")}`);
    for (const name of names) made.accept("/ws").connection.setThread(name);
    const first = threadsOf(made);
    expect(Object.keys(first).sort()).toEqual([...[...names].sort().slice(0, THREAD_ID.top), "other"].sort());
    made.accept("/ws").socket.finish(1000);
    expect(threadsOf(made)).toEqual(first);
  });

  it("are one on several routes, each with its own count", () => {
    const made = server({ routes: ["/a", "/b"] });
    made.accept("/a").connection.setThread("t");
    made.accept("/b").connection.setThread("t");
    made.accept("/b").connection.setThread("t");
    const samples = made.instrumentation.samples()[SERVER_CONNECTIONS_ACTIVE.name] ?? [];
    expect(samples.filter(({ labels }) => labels["thread_id"] === "t").map(({ value }) => value)).toEqual([
      1, 2,
    ]);
  });

  it("are other where their name is too long, and are none where they are called so", () => {
    const made = server({ routes: ["/ws"] });
    made.accept("/ws").connection.setThread("x".repeat(129));
    made.accept("/ws").connection.setThread("other");
    made.accept("/ws");
    expect(threadsOf(made)).toEqual({ other: 3 });
  });
});

describe("whatever happens, in whatever order", () => {
  type Made = ReturnType<typeof server>;
  type Accepted = ReturnType<Made["accept"]>;
  type Operation = (
    accepted: Accepted,
    made: Made,
    pick: <Value>(values: readonly Value[]) => Value,
  ) => unknown;

  const REASONS = Object.keys(DEFAULT_CATALOG.closeReasons);
  const CODES = [1000, 1001, 1005, 1006, 1011, 1012, 3008, 4401, 4999, 0, -1, Number.NaN, 65_536];

  const OPERATIONS: readonly Operation[] = [
    (_, { accept }, pick) => accept(pick([...ROUTES, ...NASTY]), pick([...AUTH_METHOD, ...NASTY])),
    ({ connection }, _, pick) => connection.setThread(pick(NASTY)),
    ({ connection }, _, pick) => connection.send({ type: pick([...NASTY, "rehydration", "pong"]) }),
    ({ connection }) => connection.send("x", { acceptedAtMs: Number.NaN }),
    ({ connection }, _, pick) => connection.close(pick(REASONS)),
    ({ connection }, _, pick) =>
      connection.closeWith(pick(REASONS), { retryAfterMs: pick([0, 5.5, -1, 1e300, Number.NaN]) }),
    ({ connection }) => connection.terminate(),
    ({ connection }, _, pick) => connection.closed(pick(CODES)),
    ({ connection }, _, pick) => connection.closing(pick([...CODES, undefined]), pick(NASTY)),
    ({ connection }) => connection.notClosing(),
    ({ connection }) => connection.heartbeatTimedOut(),
    ({ connection }) => connection.reap(),
    ({ connection }, _, pick) => connection.failed(pick([new Error("x"), "text", null, undefined])),
    ({ connection }, _, pick) => connection.rehydrated(pick(["sent", "forbidden", "failed"])),
    ({ socket }, _, pick) => socket.receive(pick(['{"type":"client_hello"}', '{"type":"ping"}', ...NASTY])),
    ({ socket }, _, pick) => socket.send(pick(['{"type":"rehydration"}', ...NASTY])),
    ({ socket }, _, pick) => socket.close(pick([undefined, ...CODES]), pick(NASTY)),
    ({ socket }) => socket.ping(),
    ({ socket }) => socket.emit("pong"),
    ({ socket }) => socket.terminate(),
    ({ socket }, _, pick) => socket.finish(pick(CODES)),
    ({ socket }) => {
      socket.readyState = 3;
    },
    ({ socket }) => {
      socket.bufferedAmount = Number.NaN;
    },
    ({ socket }, _, pick) => socket.emit("error", pick([new Error("x"), { code: "WS_ERR_INVALID_UTF8" }])),
    (_, { instrumentation }, pick) =>
      instrumentation.handshakeRejected({ status: pick(CODES), credentials: pick([true, false]) }),
    (_, { clock }, pick) => {
      clock.ms += pick([0, 1, 1000, -500, 1e9]);
    },
  ];

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("counters never fall and nobody is lost (seed %d)", (seed) => {
    const random = seeded(seed);
    const pick = <Value>(values: readonly Value[]): Value =>
      values[Math.floor(random() * values.length)] as Value;
    const made = server();
    const all: Accepted[] = [made.accept("/0")];
    const counters = DEFAULT_CATALOG.serverMetrics.filter(({ metric }) => metric.type === "counter");
    const totalsOf = (samples: ReturnType<Made["instrumentation"]["samples"]>) =>
      counters.map(({ metric }) => sumOf(samples[metric.name]));
    let before = totalsOf(made.instrumentation.samples());
    for (let step = 0; step < 400; step += 1) {
      const result = pick(OPERATIONS)(pick(all), made, pick);
      if (typeof result === "object" && result !== null && "connection" in result)
        all.push(result as Accepted);
      const samples = made.instrumentation.samples();
      const after = totalsOf(samples);
      expect(after.findIndex((total, index) => !(total >= (before[index] ?? 0)))).toBe(-1);
      before = after;
      const active = sumOf(samples[SERVER_CONNECTIONS_ACTIVE.name]);
      expect(active).toBe(
        sumOf(samples[SERVER_CONNECTIONS_OPENED.name]) - sumOf(samples[SERVER_CLOSES.name]),
      );
      expect(active).toBe(made.instrumentation.connections.size);
      expect(
        Object.values(samples)
          .flat()
          .find(({ value }) => !Number.isFinite(value)),
      ).toBeUndefined();
    }
  });
});
