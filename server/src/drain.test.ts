import { once } from "node:events";
import { SERVER_CLOSES, SERVER_RECONNECT_ADVICE } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { line, movedSeries } from "./testing/exposition.test-support.ts";
import { instrumented, TEST_APP } from "./testing/instrumented.test-support.ts";
import { active, closed, type Moves } from "./testing/moves.test-support.ts";
import { bothClosed, closeCode, type RealConnection, realWs } from "./testing/real-ws.test-support.ts";
import { seeded } from "./testing/seeded.test-support.ts";

/** A schedule that runs when the test says so. */
function byHand() {
  const waiting: { readonly run: () => void; readonly delayMs: number }[] = [];
  return {
    waiting,
    schedule: (run: () => void, delayMs: number) => {
      const entry = { run, delayMs };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    },
    passes: () => waiting.shift()?.run(),
  };
}

function advised(times: number): Moves {
  return { [line(SERVER_RECONNECT_ADVICE.name, { app: TEST_APP, code: "1012" })]: times };
}

async function closeText(client: WebSocket): Promise<string> {
  const [code, text] = await once(client, "close");
  return `${code} ${text}`;
}

describe("a drain of real connections", () => {
  it("closes all for restart, and tells each its own moment, evenly spread", async () => {
    const { registry, clock, instrumentation, connect } = await realWs();
    const connections: RealConnection[] = [];
    for (let n = 0; n < 100; n += 1) connections.push(await connect());
    clock.ms += 1000;
    const texts: string[] = [];
    const moved = await movedSeries(registry, async () => {
      const told = Promise.all(connections.map(({ client }) => closeText(client)));
      await instrumentation.drain({ spreadMs: 1000, random: seeded(1) });
      texts.push(...(await told));
    });
    expect(moved).toEqual({ ...closed("1012", "restart", { times: 100 }), ...advised(100) });
    const moments = texts.map((text) => Number(/^1012 restart retry_after_ms=(\d+)$/.exec(text)?.[1]));
    const perTenth = Array.from(
      { length: 10 },
      (_, tenth) => moments.filter((ms) => Math.floor(ms / 100) === tenth).length,
    );
    expect(perTenth.reduce((sum, count) => sum + count)).toBe(100);
    expect(Math.min(...perTenth)).toBeGreaterThanOrEqual(4);
    expect(Math.max(...perTenth)).toBeLessThanOrEqual(20);
  });

  it("cuts at the deadline who did not answer, which counts as restart as well", async () => {
    const { registry, clock, instrumentation, connect } = await realWs();
    const { client, socket } = await connect();
    client.pause();
    clock.ms += 1000;
    const { waiting, schedule, passes } = byHand();
    const moved = await movedSeries(registry, async () => {
      const over = closeCode(socket);
      const drained = instrumentation.drain({ deadlineMs: 300, schedule });
      expect(waiting).toMatchObject([{ delayMs: 300 }]);
      passes();
      expect(await over).toBe(1006);
      await drained;
    });
    expect(moved).toEqual({ ...closed("1012", "restart"), ...advised(1) });
    expect(waiting).toEqual([]);
  });

  it("cuts at the deadline who was accepted meanwhile, without advice", async () => {
    const { registry, clock, instrumentation, connect } = await realWs();
    const first = await connect();
    first.client.pause();
    const { schedule, passes } = byHand();
    const drained = instrumentation.drain({ schedule });
    const second = await connect();
    clock.ms += 1000;
    const moved = await movedSeries(registry, async () => {
      const over = Promise.all([closeCode(first.socket), bothClosed(second)]);
      passes();
      await over;
      await drained;
    });
    expect(moved).toEqual(closed("1012", "restart", { times: 2 }));
  });

  it("that runs twice gives one advice, and both resolve", async () => {
    const { registry, clock, instrumentation, connect } = await realWs();
    await connect();
    clock.ms += 1000;
    const moved = await movedSeries(registry, () =>
      Promise.all([instrumentation.drain(), instrumentation.drain()]),
    );
    expect(moved).toEqual({ ...closed("1012", "restart"), ...advised(1) });
  });

  it("leaves the peer its own close, where that was on its way", async () => {
    const { registry, clock, instrumentation, connect } = await realWs();
    const { client } = await connect();
    clock.ms += 1000;
    const moved = await movedSeries(registry, async () => {
      client.close(1000);
      await instrumentation.drain();
    });
    expect(moved).toEqual({ ...closed("1000", "peer"), ...advised(1) });
  });
});

describe("a drain", () => {
  it("of nobody resolves at once and leaves no timer", async () => {
    const { waiting, schedule } = byHand();
    await instrumented().instrumentation.drain({ schedule });
    expect(waiting).toEqual([]);
  });

  it("does not wait for ever for what cannot be cut", async () => {
    const { instrumentation } = instrumented();
    const stubborn = { send: () => {}, close: () => {} };
    instrumentation.accept(stubborn, { route: "/ws", authMethod: "none" });
    const { waiting, schedule, passes } = byHand();
    const drained = instrumentation.drain({ deadlineMs: 300, schedule });
    passes();
    expect(waiting).toMatchObject([{ delayMs: 300 }]);
    passes();
    await drained;
    expect(instrumentation.connections.size).toBe(1);
  });

  it("counts what is gone though nobody told it", async () => {
    const { registry, instrumentation } = instrumented();
    const socket = { isHere: true, send: () => {}, close: () => {}, isGone: () => !socket.isHere };
    instrumentation.accept(socket, { route: "/ws", authMethod: "none" });
    const { schedule, passes } = byHand();
    const moved = await movedSeries(registry, async () => {
      const drained = instrumentation.drain({ schedule });
      passes();
      socket.isHere = false;
      passes();
      await drained;
    });
    expect(moved).toMatchObject({
      ...active(-1),
      [line(SERVER_CLOSES.name, { app: TEST_APP, code: "1012", reason: "restart" })]: 1,
    });
  });

  it("closes the others when one socket throws", async () => {
    const { instrumentation, open } = instrumented();
    const throwing = {
      send: () => {},
      close: () => {
        throw new Error("access of a closed socket");
      },
      terminate: () => {
        throw new Error("access of a closed socket");
      },
    };
    const broken = instrumentation.accept(throwing, { route: "/ws", authMethod: "none" });
    const { socket } = open();
    const { schedule, passes } = byHand();
    const drained = instrumentation.drain({ schedule });
    passes();
    expect(socket.closeFrames).toHaveLength(1);
    broken.closed(1006);
    await drained;
  });
});
