import { CLOSES, FRAMES_RECEIVED } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { fakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { Totals } from "../testing/recorded.test-support.ts";
import { started } from "../testing/started.test-support.ts";

const FLUSH_INTERVAL_MS = 10_000;

/** A page that flushed just now, and then loses its connection and crashes. */
async function crashed(hasFetchLater: boolean, afterMs: number) {
  const host = new FakeHost();
  host.hasFetchLater = hasFetchLater;
  const { sockscope } = started({ host, flushIntervalMs: FLUSH_INTERVAL_MS });
  const socket = fakeWebSocket();
  sockscope.observe(socket);
  socket.open();
  socket.receive('{"type":"pong"}');
  await host.pass(FLUSH_INTERVAL_MS);
  const flushed = host.requests.length;
  socket.receive('{"type":"pong"}');
  socket.end(1011);
  await host.pass(afterMs);
  expect(host.requests).toHaveLength(flushed);
  // From here on the page does nothing, and the browser what it was told to.
  host.sendLater();
  const delivered = new Totals();
  for (const { lines } of new Map(host.batches.map((batch) => [batch.seq, batch])).values())
    delivered.add(lines);
  return { host, delivered };
}

describe("what was recorded just before a crash", () => {
  it("is delivered where the browser sends later, once, under the next number", async () => {
    const { host, delivered } = await crashed(true, 5_000);
    expect(delivered.shown(CLOSES)).toEqual(["1011 opened peer 1"]);
    expect(delivered.shown(FRAMES_RECEIVED)).toEqual(["pong 2"]);
    expect(host.requests.at(-1)?.by).toBe("later");
    expect(host.batches.map(({ seq }) => seq)).toEqual(host.batches.map((_, before) => before + 1));
  });

  it("says no goodbye, by which the collector knows that the page vanished", async () => {
    for (const hasFetchLater of [true, false]) {
      const { host } = await crashed(hasFetchLater, 5_000);
      expect(host.batches.map(({ leaving }) => leaving)).not.toContain(true);
    }
  });

  it("is gone where the browser does not, but for what was flushed", async () => {
    const { delivered } = await crashed(false, 5_000);
    expect(delivered.shown(CLOSES)).toEqual([]);
    expect(delivered.shown(FRAMES_RECEIVED)).toEqual(["pong 1"]);
  });

  it("is armed again a few seconds after each flush, and not more often than it changes", async () => {
    const host = new FakeHost();
    host.hasFetchLater = true;
    const { sockscope } = started({ host, flushIntervalMs: 60_000 });
    let armed = 0;
    const later = host.fetchLater.bind(host);
    host.fetchLater = (url, body) => {
      armed++;
      return later(url, body);
    };
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    await host.pass(20_000);
    const before = armed;
    socket.end(4401);
    await host.pass(2_000);
    expect(armed).toBe(before + 1);
    await host.pass(20_000);
    expect(armed).toBeLessThanOrEqual(before + 11);
    expect(host.later.size).toBe(1);
  });
});
