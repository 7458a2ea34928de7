import {
  AFFECTED_SESSIONS,
  CLOSES,
  type ClientCloseCode,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECTION_DURATION,
  type ConnectOutcome,
  type ConnectTrigger,
  DOWNTIME,
  type EndedBy,
  type Metric,
  PATIENCE_MS,
  type Phase,
  RECONNECT_DELAY,
  RECONNECT_EPISODE_ATTEMPTS,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { serveClient } from "./testing/client-servers.test-support.ts";
import { bundle, CLIENT_NAMES, type ClientName } from "./testing/clients.test-support.ts";
import { type Exposition, movedSeries, seriesName, totalOf } from "./testing/exposition.test-support.ts";
import { silent } from "./testing/peers.test-support.ts";
import { type PlainCollector, startPlainCollector } from "./testing/plain-collector.test-support.ts";
import { PLAIN_APP, type PlainSite, servePlainPage } from "./testing/plain-page.test-support.ts";
import { setPlainScene } from "./testing/plain-scene.test-support.ts";

/** Clients that are observed themselves: when their later attempts begin is not to be seen. */
const FOLLOWED: readonly ClientName[] = ["reconnecting-websocket", "partysocket"];

/** The first one, one that is refused while the server restarts, one that then succeeds, and one after the sign-in. */
const ATTEMPTS = 4;

function attempt(outcome: ConnectOutcome, trigger: ConnectTrigger): string {
  return seriesName(CONNECT_ATTEMPTS.name, { outcome, trigger });
}

function close(code: ClientCloseCode, phase: Phase, ended_by: EndedBy): string {
  return seriesName(CLOSES.name, { code, phase, ended_by });
}

describe.concurrent("a client that others wrote, through a restart and an expired session", () => {
  let browser: Browser;
  let site: PlainSite;
  let script: string;
  const collectors: PlainCollector[] = [];

  beforeAll(async () => {
    script = await bundle("clients.ts");
    site = await servePlainPage();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([site?.close(), ...collectors.map((collector) => collector.close())]);
  });

  /** Its page's life, until everything of it was counted. */
  async function live(client: ClientName, prepare?: (page: Page) => Promise<unknown>): Promise<Exposition> {
    const collector = await startPlainCollector(site.origin);
    collectors.push(collector);
    const server = await serveClient(client);
    const page = await site.open(browser, collector.url);
    try {
      await prepare?.(page);
      await page.addScriptTag({ content: script });
      await page.evaluate(([name, url]) => connectWith(name, url), [client, server.url] as const);
      await server.served(1);
      server.restart();
      await server.served(2);
      server.expire();
      await page.evaluate(() => globalThis.expired);
      await page.evaluate(() => signInAgain());
      await server.served(3);
      return await collector.flushUntil(page, (now) => totalOf(now, CONNECT_ATTEMPTS) >= ATTEMPTS);
    } finally {
      await page.close();
      await server.close();
    }
  }

  it.each(CLIENT_NAMES)("%s: every attempt, close and episode is counted once", async (client) => {
    const exposition = await live(client);
    const counted = (metric: Metric) => movedSeries(exposition, metric);
    const isFollowed = FOLLOWED.includes(client);
    expect(counted(CONNECT_ATTEMPTS)).toEqual({
      [attempt("opened", "initial")]: 1,
      [attempt("failed", "backoff")]: 1,
      [attempt("opened", "backoff")]: 2,
    });
    expect(counted(CLOSES)).toEqual({
      [close("1012", "opened", "peer")]: 1,
      [close("1006", "never_opened", "network")]: 1,
      [close("4401", "opened", "peer")]: 1,
    });
    expect(counted(AFFECTED_SESSIONS)).toEqual(
      Object.fromEntries(
        ["1012", "1006", "4401"].map((code) => [seriesName(AFFECTED_SESSIONS.name, { code }), 1]),
      ),
    );
    expect(counted(RECONNECT_EPISODES_STARTED)).toEqual({
      [seriesName(RECONNECT_EPISODES_STARTED.name, { after: "close" })]: 2,
    });
    expect(counted(RECONNECT_EPISODES)).toEqual({
      [seriesName(RECONNECT_EPISODES.name, { after: "close", outcome: "recovered" })]: 2,
    });
    const tries = RECONNECT_EPISODE_ATTEMPTS.name;
    expect(exposition.get(seriesName(`${tries}_sum`, { app: PLAIN_APP }))).toBe(3);
    expect(totalOf(exposition, RECONNECT_EPISODE_ATTEMPTS)).toBe(2);
    expect(totalOf(exposition, DOWNTIME)).toBe(2);
    expect(totalOf(exposition, CONNECTION_DURATION)).toBe(2);
    expect(totalOf(exposition, CONNECT_DURATION)).toBe(isFollowed ? 1 : 3);
    expect(totalOf(exposition, RECONNECT_DELAY)).toBe(isFollowed ? 0 : 2);
    expect(totalOf(exposition, TELEMETRY_LOST)).toBe(0);
  });

  it.each(FOLLOWED)("%s: is counted once though its sockets are observed as well", async (client) => {
    const everySocket =
      'import("@sockscope/sdk/instrument").then(({ instrument }) => void instrument(sockscope))';
    const exposition = await live(client, (page) => page.evaluate(everySocket));
    expect(movedSeries(exposition, CONNECT_ATTEMPTS)).toEqual({
      [attempt("opened", "initial")]: 1,
      [attempt("failed", "backoff")]: 1,
      [attempt("opened", "backoff")]: 2,
    });
    expect(totalOf(exposition, CLOSES)).toBe(3);
    expect(totalOf(exposition, RECONNECT_EPISODES_STARTED)).toBe(2);
    expect(totalOf(exposition, CONNECT_DURATION)).toBe(3);
  });
});

describe.concurrent("a client that gives up an attempt to which nobody answers", () => {
  const scene = setPlainScene();

  it.each([
    ["reconnecting-websocket, constructor", "timed_out"],
    ["partysocket, constructor", "timed_out"],
    ["reconnecting-websocket, followed", "failed"],
    ["partysocket, followed", "failed"],
  ] as const)("%s: has %s, once for the user and then for its retries", async (client, outcome) => {
    const collector = await scene.collect();
    const nobody = await silent();
    scene.closeAtEnd(nobody);
    const page = await scene.site.open(scene.browser, collector.url);
    await page.addScriptTag({ content: await bundle("impatient-clients.ts") });
    await page.evaluate(([name, url, options]) => connectImpatiently(name, url, options), [
      client,
      nobody.url,
      { connectionTimeout: PATIENCE_MS + 500, minReconnectionDelay: 100, maxReconnectionDelay: 100 },
    ] as const);
    const seen = await collector.flushUntil(page, (now) => totalOf(now, CONNECT_ATTEMPTS) >= 2);
    const attempts = movedSeries(seen, CONNECT_ATTEMPTS);
    expect(Object.keys(attempts).sort()).toEqual(
      [attempt(outcome, "backoff"), attempt(outcome, "initial")].sort(),
    );
    expect(attempts[attempt(outcome, "initial")]).toBe(1);
    await page.close();
  });
});
