import {
  DEFAULT_CATALOG,
  SERVER_CLOSES,
  SERVER_CONNECTION_AGE,
  SERVER_CONNECTION_DURATION,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
} from "@sockscope/catalog";
import * as promClient from "prom-client";
import { describe, expect, it } from "vitest";
import { instrumentServer } from "../instrument-server.ts";
import { FakeSocket } from "../testing/fake-socket.test-support.ts";
import { TEST_APP } from "../testing/instrumented.test-support.ts";
import { wsConnection } from "../ws/ws-connection.ts";

const TEXT = promClient.Registry.PROMETHEUS_CONTENT_TYPE;
const OPEN_METRICS = promClient.Registry.OPENMETRICS_CONTENT_TYPE;

type AnyRegistry = promClient.Registry<promClient.RegistryContentType>;

/** What is used here of either library. */
interface Library {
  readonly Registry: {
    new (contentType?: promClient.RegistryContentType): AnyRegistry;
    merge(registries: AnyRegistry[]): AnyRegistry;
  };
  readonly AggregatorRegistry: typeof promClient.AggregatorRegistry;
  readonly Counter: typeof promClient.Counter;
}

const isNewEnough = Number(process.versions.node.split(".")[0]) >= 22;

/** One connection of two is over, and there was a frame. */
function populated(registry: AnyRegistry, app = TEST_APP): void {
  const instrumentation = instrumentServer({ app, registry, routes: ["/ws"], clock: { now: () => 0 } });
  const [first] = [1, 2].map(() => {
    const socket = new FakeSocket();
    wsConnection(instrumentation, socket, { route: "/ws", authMethod: "cookie" });
    return socket;
  });
  first?.receive('{"type":"ping"}');
  first?.finish(1000);
}

async function linesOf(registry: AnyRegistry): Promise<string[]> {
  return (await registry.metrics()).split("\n");
}

async function samplesOf(registry: AnyRegistry): Promise<string[]> {
  return (await linesOf(registry)).filter((text) => text !== "" && !text.startsWith("#"));
}

/** What both formats say of the populated server, whatever its families are called. */
const EXPECTED = [
  `${SERVER_CONNECTIONS_ACTIVE.name}{app="chat",route="/ws"} 1`,
  `${SERVER_CONNECTIONS_OPENED.name}{app="chat",route="/ws",auth_method="cookie"} 2`,
  `${SERVER_CLOSES.name}{app="chat",code="1000",reason="peer"} 1`,
  `${SERVER_FRAMES_RECEIVED.name}{app="chat",event="ping"} 1`,
  `${SERVER_CONNECTION_DURATION.name}_bucket{le="+Inf",app="chat"} 1`,
  `${SERVER_CONNECTION_DURATION.name}_sum{app="chat"} 0`,
  `${SERVER_CONNECTION_DURATION.name}_count{app="chat"} 1`,
  `${SERVER_CONNECTION_AGE.name}_bucket{le="1",app="chat"} 1`,
  `${SERVER_CONNECTION_AGE.name}_bucket{le="+Inf",app="chat"} 1`,
  `${SERVER_CONNECTION_AGE.name}_gsum{app="chat"} 0`,
  `${SERVER_CONNECTION_AGE.name}_gcount{app="chat"} 1`,
];

function describeRegistry(load: () => Promise<Library>): void {
  it.each([
    ["the text format", TEXT],
    ["OpenMetrics", OPEN_METRICS],
  ])("writes every series in %s", async (_, contentType) => {
    const { Registry } = await load();
    const registry = new Registry(contentType);
    populated(registry);
    const samples = await samplesOf(registry);
    expect(samples).toEqual(expect.arrayContaining(EXPECTED));
    const names = samples.map((sample) => sample.slice(0, sample.lastIndexOf(" ")));
    expect(new Set(names).size).toBe(names.length);
  });

  it("names each family as its format wants it, with its type", async () => {
    const { Registry } = await load();
    const registry = new Registry();
    populated(registry);
    const types = async () => (await linesOf(registry)).filter((text) => text.startsWith("# TYPE "));
    const metrics = DEFAULT_CATALOG.serverMetrics.map(({ metric }) => metric);
    const typesIn = (counterSuffix: string, ofAges: string) =>
      metrics.map(({ name, type }) => {
        const family = type === "counter" ? name.replace(/_total$/, counterSuffix) : name;
        return `# TYPE ${family} ${type === "gauge_histogram" ? ofAges : type}`;
      });
    expect(await types()).toEqual(typesIn("_total", "untyped"));
    registry.setContentType(OPEN_METRICS);
    expect(await types()).toEqual(typesIn("", "gaugehistogram"));
    registry.setContentType(TEXT);
    expect(await types()).toEqual(typesIn("_total", "untyped"));
  });

  it("has a help line before each type", async () => {
    const { Registry } = await load();
    const registry = new Registry();
    populated(registry);
    const lines = await linesOf(registry);
    for (const { metric, help } of DEFAULT_CATALOG.serverMetrics)
      expect(lines).toContain(`# HELP ${metric.name} ${help}`);
  });

  it("writes the same lines after a scrape in the other format", async () => {
    const { Registry } = await load();
    const registry = new Registry();
    populated(registry);
    const before = await registry.metrics();
    registry.setContentType(OPEN_METRICS);
    expect(await registry.metrics()).toMatch(/# EOF\n$/);
    registry.setContentType(TEXT);
    expect(await registry.metrics()).toBe(before);
    expect(registry.getSingleMetric(SERVER_CLOSES.name)).toBeDefined();
  });

  it.each([TEXT, OPEN_METRICS])("gives a single metric by its name, as %s", async (contentType) => {
    const { Registry } = await load();
    const registry = new Registry(contentType);
    populated(registry);
    expect(await registry.getSingleMetricAsString(SERVER_CLOSES.name)).toContain(EXPECTED[2]);
  });

  it("puts default labels on every line, and leaves ours their own", async () => {
    const { Registry } = await load();
    const registry = new Registry();
    populated(registry);
    registry.setDefaultLabels({ pod: "a", app: "theirs" });
    const samples = await samplesOf(registry);
    expect(samples.filter((sample) => !sample.includes('pod="a"'))).toEqual([]);
    expect(samples.filter((sample) => !sample.includes('app="chat"'))).toEqual([]);
    await registry.getMetricsAsJSON();
    registry.setDefaultLabels({});
    expect(await samplesOf(registry)).toEqual(expect.arrayContaining(EXPECTED));
  });

  it.each([TEXT, OPEN_METRICS])(
    "is merged with a registry of the application, as %s",
    async (contentType) => {
      const { Registry, Counter } = await load();
      const ours = new Registry(contentType);
      const theirs = new Registry(contentType);
      new Counter({ name: "own_total", help: "The application's.", registers: [theirs] });
      populated(ours);
      const samples = await samplesOf(Registry.merge([ours, theirs]));
      expect(samples).toEqual(expect.arrayContaining([...EXPECTED, "own_total 0"]));
    },
  );

  it("keeps its counts when the registry is reset", async () => {
    const { Registry } = await load();
    const registry = new Registry();
    populated(registry);
    const before = await registry.metrics();
    registry.resetMetrics();
    expect(await registry.metrics()).toBe(before);
  });

  it("is summed by the library's own aggregation, as a cluster without ours would", async () => {
    const { Registry, AggregatorRegistry } = await load();
    const exports = await Promise.all(
      [1, 2].map(async () => {
        const registry = new Registry();
        populated(registry);
        return JSON.parse(JSON.stringify(await registry.getMetricsAsJSON()));
      }),
    );
    const summed = await samplesOf(AggregatorRegistry.aggregate(exports));
    const doubled = EXPECTED.map((sample) =>
      sample.replace(/ (\d+)$/, (_, value) => ` ${2 * Number(value)}`),
    );
    expect(summed).toEqual(expect.arrayContaining(doubled));
  });

  it("refuses a second instrumentation, and leaves the first as it is", async () => {
    const { Registry } = await load();
    const registry = new Registry();
    populated(registry);
    const before = await registry.metrics();
    expect(() => populated(registry, "other-app")).toThrow(/already been registered/);
    expect(await registry.metrics()).toBe(before);
  });
}

describe("a registry of prom-client", () => {
  describeRegistry(async () => promClient as unknown as Library);
});

describe.skipIf(!isNewEnough)("a registry of @prometheus-io/client (skipped below Node 22)", () => {
  describeRegistry(async () => (await import("@prometheus-io/client")) as unknown as Library);
});

it("takes the registries of both libraries by their types", async () => {
  type Registries = AnyRegistry | import("@prometheus-io/client").Registry;
  const take = (registry: Registries) => instrumentServer({ app: TEST_APP, registry, routes: [] });
  expect(take(new promClient.Registry()).catalog).toBe(DEFAULT_CATALOG);
});
