import { SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { until } from "@sockscope/stack";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Exposition, scrape } from "../testing/exposition.test-support.ts";
import { expectedMoves, implausible, movedSeries, unknownSeries } from "./moves.ts";
import { Peers } from "./peers.ts";
import type { ActingPeers, RunningServer } from "./server-under-test.ts";
import { CHANNELS_ON_DAPHNE } from "./servers/channels.ts";
import { SOCKET_IO } from "./servers/socket-io-server.ts";
import { WS } from "./servers/ws-server.ts";
import { startSeries } from "./start-series.ts";
import { STEPS } from "./steps.ts";

/** A server may notice an end a little later than its peer. */
const SETTLES_WITHIN_MS = 10_000;

describe.each([CHANNELS_ON_DAPHNE, WS, SOCKET_IO])("$name", (server) => {
  const exposesNot = server.exposesNot.map(({ metric }) => metric);
  let running: RunningServer;
  let peers: ActingPeers;
  let before: Exposition;

  beforeAll(async () => {
    running = await server.start();
    peers = server.peers?.(running.url) ?? new Peers(running.url);
    before = await scrape(running.metricsUrl);
  });

  afterAll(async () => {
    peers?.leave();
    await running?.close();
  });

  it("names only steps that there are", () => {
    const titles = STEPS.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(server.cannot.map(({ step }) => step).filter((step) => !titles.includes(step))).toEqual([]);
  });

  it("exposes every series at zero from the start, and none that the catalog does not have", () => {
    const started = startSeries(exposesNot).map((series) => [series, before.get(series)] as const);
    expect(started.filter(([, value]) => value !== 0)).toEqual([]);
    expect(unknownSeries(before)).toEqual([]);
  });

  for (const { title, actions, moves } of STEPS) {
    const cannot = server.cannot.find(({ step }) => step === title);
    if (cannot !== undefined) {
      it.skip(`${title} (${cannot.because})`, () => {});
      continue;
    }
    it(title, async () => {
      for (const action of actions) await peers.act(action);
      const expected = expectedMoves(moves, exposesNot);
      let after = await scrape(running.metricsUrl);
      await until(
        async () => {
          after = await scrape(running.metricsUrl);
          return isSame(movedSeries(before, after), expected) || undefined;
        },
        { timeoutMs: SETTLES_WITHIN_MS },
      );
      const was = before;
      before = after;
      expect(movedSeries(was, after)).toEqual(expected);
      expect(implausible(was, after)).toEqual([]);
      expect(unknownSeries(after)).toEqual([]);
    });
  }

  it("has nothing open when everybody is gone", () => {
    const open = [...before].filter(([series]) => series.startsWith(`${SERVER_CONNECTIONS_ACTIVE.name}{`));
    expect(open.filter(([, connections]) => connections !== 0)).toEqual([]);
    expect(open.length).toBeGreaterThan(0);
  });
});

function isSame(left: Readonly<Record<string, number>>, right: Readonly<Record<string, number>>): boolean {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => left[name] === right[name]);
}
