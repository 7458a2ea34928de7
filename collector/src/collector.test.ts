import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import {
  COLLECTOR_BATCHES,
  COLLECTOR_SERIES,
  DEFAULT_CATALOG,
  type DocumentedMetric,
  worstCaseSeries,
} from "@sockscope/catalog";
import { batchPath, counterLine } from "@sockscope/catalog/protocol";
import { CLOSES, SESSIONS_STARTED } from "@sockscope/catalog/runtime";
import { describe, expect, it, onTestFinished } from "vitest";
import { CollectorListenError } from "./collector-listen-error.ts";
import type { RefusedSample } from "./collector-options.ts";
import { CollectorOptionsError } from "./collector-options-error.ts";
import {
  BATCH_HEADERS,
  batchText,
  CHAT,
  ORIGIN,
  pathOf,
  SESSION,
  sessionNumber,
} from "./testing/batches.test-support.ts";
import { CLOSED, seriesOf } from "./testing/lines.test-support.ts";
import { parseExposition, scrape } from "./testing/scrape.test-support.ts";
import { codeOf, send } from "./testing/send.test-support.ts";
import { startSlowBatch } from "./testing/slow-batch.test-support.ts";
import { startTestCollector } from "./testing/start.test-support.ts";

function post(url: string, session: string, body: string) {
  return send(url, { path: pathOf(session), headers: BATCH_HEADERS, body });
}

describe("startCollector", () => {
  it("rejects an option that cannot work before it listens", async () => {
    await expect(startTestCollector({ apps: [] })).rejects.toThrow(CollectorOptionsError);
  });

  it("names the address that is in use, and keeps the cause", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const failure = await startTestCollector({ listen: { host: "127.0.0.1", port } }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(CollectorListenError);
    expect(failure).toMatchObject({
      code: "SOCKSCOPE_ERR_LISTEN",
      message: expect.stringContaining(`127.0.0.1:${port}`),
      cause: { code: "EADDRINUSE" },
    });
  });

  it("exposes every series that something records at zero before anything happened", async () => {
    const { adminUrl, series } = await startTestCollector({
      apps: [CHAT, { name: "support", origins: [ORIGIN] }],
    });
    const exposed = await scrape(adminUrl);
    const seriesOf = (metrics: readonly DocumentedMetric[]) =>
      worstCaseSeries(
        metrics.filter(({ declaredOnly }) => !declaredOnly),
        { configured: { app: [CHAT.name, "support"] } },
      );
    expect(series).toBe(
      2 * seriesOf(DEFAULT_CATALOG.clientMetrics) + seriesOf(DEFAULT_CATALOG.collectorMetrics),
    );
    expect(exposed.size).toBe(series);
    expect(exposed.get(COLLECTOR_SERIES.name)).toBe(series);
    exposed.delete(COLLECTOR_SERIES.name);
    expect([...exposed.values()].filter((value) => value !== 0)).toEqual([]);
  });

  it("has the same number of series for each app, and below 1,200 with all that is not an app's", async () => {
    const two = await startTestCollector({ apps: [CHAT, { name: "support", origins: [ORIGIN] }] });
    const one = await startTestCollector();
    expect(two.seriesPerApp).toBe(one.seriesPerApp);
    expect(two.series - one.series).toBe(one.seriesPerApp);
    expect(one.seriesPerApp).toBeGreaterThan(0);
    expect(one.series).toBeLessThan(1200);
  });

  it("keeps the apps apart", async () => {
    const { ingestUrl, adminUrl } = await startTestCollector({
      apps: [CHAT, { name: "support", origins: [ORIGIN] }],
    });
    const path = pathOf().replace("app=chat", "app=support");
    await send(ingestUrl, { path, headers: BATCH_HEADERS, body: batchText(1) });
    const exposed = await scrape(adminUrl);
    const labels = 'code="4401",phase="opened",ended_by="peer"';
    expect(exposed.get(`${CLOSES.name}{app="support",${labels}}`)).toBe(1);
    expect(exposed.get(`${CLOSES.name}{app="chat",${labels}}`)).toBe(0);
    expect(exposed.get(`${SESSIONS_STARTED.name}{app="support"}`)).toBe(1);
    expect(exposed.get(`${SESSIONS_STARTED.name}{app="chat"}`)).toBe(0);
  });

  it("refuses new sessions when the table is full, and serves the ones that it has", async () => {
    const { ingestUrl } = await startTestCollector({ maxSessions: 1 });
    await post(ingestUrl, sessionNumber(1), batchText(1));
    const stranger = await post(ingestUrl, sessionNumber(2), batchText(1));
    expect(stranger.status).toBe(503);
    expect(codeOf(stranger)).toBe("SOCKSCOPE_ERR_SESSIONS_FULL");
    expect(Number(stranger.headers["retry-after"])).toBeGreaterThan(0);
    expect((await post(ingestUrl, sessionNumber(1), batchText(2))).status).toBe(204);
  });

  it("serves no metrics to browsers and takes no batches from Prometheus' side", async () => {
    const { ingestUrl, adminUrl } = await startTestCollector();
    expect((await send(ingestUrl, { method: "GET", path: "/metrics" })).status).toBe(404);
    const { status } = await send(adminUrl, { path: pathOf(), headers: BATCH_HEADERS, body: batchText(1) });
    expect(status).toBe(404);
  });

  it("exposes the same series whatever label values are sent", async () => {
    const { ingestUrl, adminUrl, series } = await startTestCollector();
    const hostile = ['4401",phase="x', "4401\n# HELP x", "\\", "", "__proto__", "\u0000", "4401 "];
    const lines = hostile.map((code) => counterLine(seriesOf(CLOSES, { ...CLOSED, code }), 1));
    expect((await post(ingestUrl, sessionNumber(1), batchText(1, { lines }))).status).toBe(204);
    const { body } = await send(adminUrl, { method: "GET", path: "/metrics" });
    const exposed = parseExposition(body);
    expect(exposed.size).toBe(series);
    expect([...exposed].filter(([name, value]) => name.startsWith(CLOSES.name) && value > 0)).toEqual([]);
  });
});

describe("/status", () => {
  it("says since when, how much, and why requests were refused, without anything of theirs", async () => {
    let wall = Date.UTC(2026, 0, 1);
    const collector = await startTestCollector({
      apps: [
        { ...CHAT, key: "pk-1" },
        { name: "idle", origins: [ORIGIN] },
      ],
      wallClock: () => wall,
    });
    const path = `${pathOf()}&key=pk-1`;
    for (const seq of [1, 2])
      await send(collector.ingestUrl, { path, headers: BATCH_HEADERS, body: batchText(seq) });
    wall += 1000;
    await send(collector.ingestUrl, { path: `${pathOf()}&key=hunter2`, headers: BATCH_HEADERS });
    await send(collector.ingestUrl, { path, headers: BATCH_HEADERS, body: "hunter2" });
    await send(collector.ingestUrl, { path, headers: BATCH_HEADERS, body: "hunter3, too" });
    await send(collector.ingestUrl, { path: `/${"x".repeat(500)}` });
    const { body } = await send(collector.adminUrl, { method: "GET", path: "/status" });
    const last_at = "2026-01-01T00:00:01.000Z";
    expect(JSON.parse(body)).toEqual({
      since: "2026-01-01T00:00:00.000Z",
      series: collector.series,
      sessions: { remembered: 1, active: { chat: 1, idle: 0 } },
      refused: [
        {
          app: "chat",
          code: "SOCKSCOPE_ERR_KEY",
          count: 1,
          last_at,
          last_message: 'the key is not the app\'s; send the key of app "chat"',
        },
        {
          app: "chat",
          code: "SOCKSCOPE_ERR_BATCH",
          count: 2,
          last_at,
          last_message:
            "seq in line 1 is a text of 8; send a whole number from 1 to 9007199254740991 in digits",
        },
        {
          app: "other",
          code: "SOCKSCOPE_ERR_PATH",
          count: 1,
          last_at,
          last_message: "no such path; post to /v1/batches/<32 hexadecimal digits>?app=<app>",
        },
      ],
    });
    expect(body).not.toContain(SESSION);
  });
});

describe("the refusals that are told about", () => {
  it("are one a minute for each app and code, with the remedy, and with values from outside shortened", async () => {
    const told: RefusedSample[] = [];
    let now = 0;
    const { ingestUrl } = await startTestCollector({
      clock: () => now,
      onRefused: (sample) => told.push(sample),
    });
    const origin = `https://${"evil.".repeat(100)}example`;
    const refuse = () => send(ingestUrl, { path: pathOf(), headers: { ...BATCH_HEADERS, origin } });
    for (let times = 0; times < 3; times += 1) await refuse();
    now += 60_000;
    await refuse();
    expect(told.map(({ suppressed }) => suppressed)).toEqual([0, 2]);
    const [{ message, ...sample } = expect.fail()] = told;
    expect(sample).toEqual({ event: "refused", app: "chat", code: "SOCKSCOPE_ERR_ORIGIN", suppressed: 0 });
    expect(message).toContain('add it to the origins of app "chat"');
    expect(message.length).toBeLessThan(200);
  });
});

describe("an application that throws when it is told of a refusal", () => {
  it("costs neither the answer nor what follows", async () => {
    const collector = await startTestCollector({
      onRefused: () => {
        throw new Error("the log's disk is full");
      },
    });
    expect(codeOf(await post(collector.ingestUrl, SESSION, "{"))).toBe("SOCKSCOPE_ERR_BATCH");
    expect((await post(collector.ingestUrl, SESSION, batchText(1))).status).toBe(204);
  });
});

describe("close", () => {
  it("finishes the batch in flight, refuses new ones as draining, and then closes both listeners", async () => {
    const collector = await startTestCollector();
    const { ingestUrl, adminUrl } = collector;
    const slow = startSlowBatch(ingestUrl);
    await slow.arrived;
    const closed = collector.close();
    const late = await post(ingestUrl, sessionNumber(2), batchText(1));
    expect(codeOf(late)).toBe("SOCKSCOPE_ERR_DRAINING");
    expect(late.headers).toMatchObject({
      "retry-after": expect.stringMatching(/^\d+$/),
      "access-control-allow-origin": "*",
    });
    const health = await send(adminUrl, { method: "GET", path: "/healthz" });
    expect([health.status, health.body]).toEqual([503, '{"status":"draining"}']);
    slow.finish();
    expect(await slow.status).toBe(204);
    await closed;
    await expect(post(ingestUrl, sessionNumber(2), batchText(1))).rejects.toThrow("ECONNREFUSED");
    await expect(scrape(adminUrl)).rejects.toThrow("ECONNREFUSED");
  });

  it("returns the same promise when it is called again", async () => {
    const collector = await startTestCollector();
    expect(collector.close()).toBe(collector.close());
  });

  it("does not wait for connections on which nothing was asked", async () => {
    const collector = await startTestCollector();
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const status = await new Promise((resolve) => {
      const path = batchPath(sessionNumber(1), { app: CHAT.name });
      const headers = { origin: ORIGIN, "content-type": "text/plain" };
      request(new URL(path, collector.ingestUrl), { agent, method: "POST", headers }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode));
      }).end(batchText(1));
    });
    // Accepted, so that the agent keeps the connection.
    expect(status).toBe(204);
    await collector.close();
    await expect(post(collector.ingestUrl, sessionNumber(1), batchText(1))).rejects.toThrow("ECONNREFUSED");
  });

  it("still tells its metrics while it drains", async () => {
    const collector = await startTestCollector();
    const slow = startSlowBatch(collector.ingestUrl);
    await slow.arrived;
    const closed = collector.close();
    await post(collector.ingestUrl, sessionNumber(2), batchText(1));
    const exposed = await scrape(collector.adminUrl);
    expect(exposed.get(`${COLLECTOR_BATCHES.name}{app="chat",result="refused"}`)).toBe(1);
    slow.finish();
    await closed;
  });
});
