import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DEFAULT_CATALOG,
  SERVER_CLOSES,
  SERVER_CONNECTION_AGE,
  SERVER_CONNECTIONS_ACTIVE,
} from "@sockscope/catalog";
import { instrumentServer } from "@sockscope/server";
import { freePort, query, readPrograms, startPrometheus } from "@sockscope/stack";
import { Registry, type RegistryContentType } from "prom-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrives } from "./testing/arrival.test-support.ts";
import { COMPLAINTS_OF_SERVERS, checkMetrics } from "./testing/promtool.test-support.ts";

const THREAD = 'a "thread"\nof \\ two \ud800 lines';

/** A server with one connection that is open, and one that is over. */
function populated(contentType: RegistryContentType): Registry<RegistryContentType> {
  const registry: Registry<RegistryContentType> = new Registry();
  registry.setContentType(contentType);
  const instrumentation = instrumentServer({ app: "chat", registry, routes: ["/ws"], byThread: true });
  const [open, over] = [1, 2].map(() =>
    instrumentation.accept({ send: () => {}, close: () => {} }, { route: "/ws", authMethod: "cookie" }),
  );
  open?.setThread(THREAD);
  over?.closed(1000);
  return registry;
}

describe("promtool", () => {
  it("reads the text, and misses nothing but the help of what the format has no type for", async () => {
    const { output } = await checkMetrics(await populated(Registry.PROMETHEUS_CONTENT_TYPE).metrics());
    expect(output.trim().split("\n").sort()).toEqual(COMPLAINTS_OF_SERVERS);
  });
});

describe("a Prometheus that scrapes the server's registry", () => {
  const { jobs } = DEFAULT_CATALOG;
  const servers: Server[] = [];
  const folder = mkdtempSync(join(tmpdir(), "sockscope-server-metrics-"));
  let prometheus: Awaited<ReturnType<typeof startPrometheus>>;

  async function exposed(contentType: RegistryContentType): Promise<string> {
    const registry = populated(contentType);
    const server = createServer(async (_, response) => {
      response.setHeader("content-type", registry.contentType).end(await registry.metrics());
    });
    servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  beforeAll(async () => {
    prometheus = await startPrometheus({
      programs: readPrograms(),
      stateDir: folder,
      port: await freePort(),
      targets: {
        collectorAdmin: await exposed(Registry.PROMETHEUS_CONTENT_TYPE),
        chatMetrics: await exposed(Registry.OPENMETRICS_CONTENT_TYPE),
        alertmanager: "127.0.0.1:9",
        interval: "1s",
      },
    });
  });

  afterAll(async () => {
    await prometheus?.stop();
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["the text format", jobs.collectors],
    ["OpenMetrics", jobs.servers],
  ])("has every series, in %s", async (_, job) => {
    const arrivesAs = (series: string) => arrives({ prometheus }, series, (value) => value >= 1);
    expect(await arrivesAs(`up{job="${job}"}`)).toBe(1);
    expect(await arrivesAs(`${SERVER_CONNECTION_AGE.name}_bucket{job="${job}",le="+Inf"}`)).toBe(1);
    expect(await arrivesAs(`${SERVER_CONNECTION_AGE.name}_gcount{job="${job}"}`)).toBe(1);
    expect(await arrivesAs(`${SERVER_CLOSES.name}{job="${job}",code="1000",reason="peer"}`)).toBe(1);
    const named = await query(
      prometheus.url,
      `${SERVER_CONNECTIONS_ACTIVE.name}{job="${job}",thread_id!="other"}`,
    );
    expect(named.map(({ metric }) => metric["thread_id"])).toEqual([THREAD.replace("\ud800", "\ufffd")]);
  });
});
