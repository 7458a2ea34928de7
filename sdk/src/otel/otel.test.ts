import type { Meter } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { wireName } from "@sockscope/catalog/protocol";
import {
  CONNECTION_DURATION,
  type Counter,
  type Histogram,
  RECONNECT_DELAY,
} from "@sockscope/catalog/runtime";
import { describe, expect, it, vi } from "vitest";
import { fakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { started } from "../testing/started.test-support.ts";
import { INSTRUMENTS } from "./instruments.ts";
import { type OtelOptions, otel } from "./otel.ts";

const ORDERS: Counter<{ region: "eu" | "north america" }> = {
  type: "counter",
  name: "orders_total",
  labels: { region: ["eu", "north america"] },
};
const BASKET: Histogram<{ region: "eu" }> = {
  type: "histogram",
  name: "basket_items",
  labels: { region: ["eu"] },
  layout: { id: "basket-1", bounds: [1, 5, 20], max: 1000 },
};

function setUp(options?: OtelOptions) {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter });
  const sink = otel(new MeterProvider({ readers: [reader] }).getMeter("sockscope"), options);
  const { host, sockscope } = started({ sinks: [sink] });
  /** A connection that a frame decided, and that lives so long. */
  const connection = (seconds: number, code: number): void => {
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    socket.receive('{"type":"pong","id":1}');
    host.clock += seconds * 1000;
    socket.end(code);
  };
  /** What a backend gets, by the instruments' names. */
  const exported = async (): Promise<ReadonlyMap<string, MetricData>> => {
    await reader.forceFlush();
    const metrics =
      exporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    return new Map(metrics.map((metric) => [metric.descriptor.name, metric]));
  };
  const points = async (name: string) =>
    (await exported()).get(name)?.dataPoints.map(({ attributes, value }) => ({ attributes, value }));
  return { sink, host, sockscope, connection, exported, points };
}

describe("a sink of OpenTelemetry", () => {
  it("exports how connections ended, under attributes named by the labels", async () => {
    const { connection, exported, points } = setUp();
    connection(60, 4401);
    connection(60, 4401);
    connection(5, 1012);
    const attributes = { "websocket.close.phase": "opened", "websocket.close.ended_by": "peer" };
    expect((await exported()).get("websocket.client.closes")?.descriptor.unit).toBe("{close}");
    expect(await points("websocket.client.closes")).toEqual([
      { attributes: { "websocket.close.code": "4401", ...attributes }, value: 2 },
      { attributes: { "websocket.close.code": "1012", ...attributes }, value: 1 },
    ]);
  });

  it("exports durations in seconds, in the catalog's buckets", async () => {
    const { host, connection, points } = setUp();
    connection(60, 1012);
    host.clock += 1_500;
    connection(100, 1012);
    const { bounds } = CONNECTION_DURATION.layout;
    const counts = bounds.map((bound) => (bound === 65 || bound === 120 ? 1 : 0));
    expect(await points("websocket.client.connection.duration")).toMatchObject([
      {
        attributes: {},
        value: { sum: 160, count: 2, buckets: { boundaries: bounds, counts: [...counts, 0] } },
      },
    ]);
    expect(await points("websocket.client.reconnect.delay")).toMatchObject([
      { value: { sum: 1.5, count: 1, buckets: { boundaries: RECONNECT_DELAY.layout.bounds } } },
    ]);
  });

  it("exports frames of both ways as one instrument, told apart by the direction", async () => {
    const { sockscope, points } = setUp();
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    socket.receive('{"type":"pong","id":1}');
    socket.send('{"type":"ping","id":2}');
    expect(await points("websocket.client.frames")).toEqual([
      { attributes: { "network.io.direction": "receive", "websocket.frame.event": "pong" }, value: 1 },
      { attributes: { "network.io.direction": "transmit", "websocket.frame.event": "ping" }, value: 1 },
    ]);
  });

  it("exports a declared metric of the application's own with its name, labels and buckets", async () => {
    const { sockscope, points } = setUp({ metrics: [ORDERS, BASKET] });
    sockscope.count(ORDERS, { region: "north america" }, 3);
    sockscope.record(BASKET, 4, { region: "eu" });
    expect(await points("orders")).toEqual([{ attributes: { region: "north america" }, value: 3 }]);
    expect(await points("basket_items")).toMatchObject([
      { attributes: { region: "eu" }, value: { buckets: { boundaries: [1, 5, 20], counts: [0, 1, 0, 0] } } },
    ]);
  });

  it("numbers the labels of an own metric that was not declared", async () => {
    const { sockscope, points } = setUp();
    sockscope.count(ORDERS, { region: "eu" });
    expect(await points("orders")).toEqual([{ attributes: { "sockscope.label.1": "eu" }, value: 1 }]);
  });

  it("exports what a newer SDK records, under a name of the same kind", async () => {
    const { sink, points } = setUp();
    sink.counted?.(".novelties/red%2Fgreen", 2);
    sink.counted?.(".closes/4401/opened/peer/further", 1);
    sink.observed?.(".novelty_seconds", 7);
    expect(await points("websocket.client.novelties")).toEqual([
      { attributes: { "sockscope.label.1": "red/green" }, value: 2 },
    ]);
    expect(await points("websocket.client.closes")).toMatchObject([
      { attributes: { "websocket.close.code": "4401", "sockscope.label.4": "further" } },
    ]);
    expect(await points("websocket.client.novelty_seconds")).toMatchObject([{ value: { sum: 7 } }]);
  });
});

describe("what is no meter", () => {
  it.each([[undefined], [null], ["sockscope"], [{ createCounter: () => {} }]])("is refused: %j", (meter) => {
    expect(() => otel(meter as unknown as Meter)).toThrow(
      expect.objectContaining({
        name: "TypeError",
        code: "SOCKSCOPE_ERR_OPTIONS",
        message: expect.stringContaining("otel: the meter is "),
      }),
    );
  });
});

describe("a meter that throws", () => {
  it("is said once, and the page goes on", () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const fails = (): never => {
      throw new Error("no more instruments");
    };
    const meter = { createCounter: fails, createHistogram: fails } as unknown as Meter;
    const { sockscope } = started({ sinks: [otel(meter)] });
    sockscope.noticed("duplicate dropped");
    sockscope.noticed("duplicate dropped");
    expect(warn.mock.calls.flat()).toEqual([
      expect.stringMatching(/SOCKSCOPE_ERR_SINK: a sink threw, .*: no more instruments \(/),
    ]);
    warn.mockRestore();
  });
});

describe("the instruments", () => {
  const recorded = DEFAULT_CATALOG.clientMetrics.filter(({ countedByCollector }) => !countedByCollector);

  it.each(recorded)("have one for $metric.name, in its unit", ({ metric, unit }) => {
    const [found, ...others] = INSTRUMENTS.filter(({ series }) => series === wireName(metric.name));
    const base = { seconds: "s", bytes: "By" }[unit];
    expect(others).toEqual([]);
    expect(found?.unit).toMatch(base ?? /^\{[a-z]+\}$/);
    const labels = Object.keys(metric.labels);
    expect(found?.attributes.map((name) => name.split(".").at(-1))).toEqual(labels);
    expect(found?.bounds).toEqual("layout" in metric ? metric.layout.bounds : undefined);
  });

  it("are named as OpenTelemetry names things", () => {
    const names = INSTRUMENTS.flatMap(({ name, attributes }) => [name, ...attributes]);
    expect(names.filter((name) => !/^websocket(\.[a-z]+(_[a-z]+)*)+$/.test(name))).toEqual([]);
    expect(names.filter((name) => /total|seconds|bytes/.test(name))).toEqual([]);
  });

  it("share a name only where a constant attribute tells them apart", () => {
    const identities = INSTRUMENTS.map(({ name, constant }) => JSON.stringify([name, constant]));
    expect(new Set(identities).size).toBe(INSTRUMENTS.length);
  });
});
