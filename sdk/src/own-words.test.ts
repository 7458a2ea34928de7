import { wireName } from "@sockscope/catalog/protocol";
import type { Counter, Histogram } from "@sockscope/catalog/runtime";
import {
  AFFECTED_SESSIONS,
  CLOSES,
  CONNECT_ATTEMPTS,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  TELEMETRY_LOST,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { fakeWebSocket } from "./testing/fake-web-socket.test-support.ts";
import { started } from "./testing/started.test-support.ts";

const ORDERS_PLACED: Counter<{ kind: "buy" | "sell" }> = {
  type: "counter",
  name: "orders_placed_total",
  labels: { kind: ["buy", "sell"] },
};

const ORDER_CONFIRMATION: Histogram<{ kind: "buy" | "sell" }> = {
  type: "histogram",
  name: "order_confirmation_seconds",
  labels: { kind: ["buy", "sell"] },
  layout: { id: "order-1", bounds: [0.1, 1], max: 10 },
};

function setUp() {
  return {
    ...started({
      frames: { received: ["order_filled"], sent: ["place_order"] },
      closeCodes: { 4001: "error" },
    }),
    socket: fakeWebSocket(),
  };
}

describe("an application's own words", () => {
  it("reach the batch under their names, and a mistyped one does not compile", async () => {
    const { host, sockscope, socket } = setUp();
    sockscope.observe(socket, { trigger: "initial", receivedEvent: () => "order_filled" });
    // @ts-expect-error -- no such frame was declared
    sockscope.observe(fakeWebSocket(), { receivedEvent: () => "order_filed" });
    // @ts-expect-error -- that one goes the other way
    sockscope.observe(fakeWebSocket(), { sentEvent: () => "order_filled" });
    socket.open();
    socket.send('{"type":"place_order"}');
    socket.receive('{"kind":"anything"}');
    socket.end(4001);
    await sockscope.flush();
    expect(host.batches[0]?.lines).toEqual(
      expect.arrayContaining([
        `${wireName(FRAMES_SENT.name)}/place_order 1`,
        `${wireName(CONNECT_ATTEMPTS.name)}/opened/initial 1`,
        `${wireName(FRAMES_RECEIVED.name)}/order_filled 1`,
        `${wireName(CLOSES.name)}/4001/opened/peer 1`,
        `${wireName(AFFECTED_SESSIONS.name)}/4001 1`,
      ]),
    );
  });

  it("count as other where the frame goes the other way", async () => {
    const { host, sockscope, socket } = setUp();
    sockscope.observe(socket);
    socket.open();
    socket.send('{"type":"order_filled"}');
    await sockscope.flush();
    expect(host.batches[0]?.lines).toContain(`${wireName(FRAMES_SENT.name)}/other 1`);
  });

  it("decide an attempt as their consequence says", async () => {
    const { host, sockscope, socket } = setUp();
    sockscope.observe(socket, { trigger: "initial" });
    socket.open();
    socket.end(4001);
    await sockscope.flush();
    expect(host.batches[0]?.lines).toContain(`${wireName(CONNECT_ATTEMPTS.name)}/rejected/initial 1`);
  });

  it("can be metrics, whose labels are checked", async () => {
    const { host, sockscope } = setUp();
    sockscope.count(ORDERS_PLACED, { kind: "buy" });
    sockscope.count(ORDERS_PLACED, { kind: "buy" }, 2);
    // @ts-expect-error -- no such value
    sockscope.count(ORDERS_PLACED, { kind: "hold" });
    sockscope.record(ORDER_CONFIRMATION, 0.5, { kind: "sell" });
    await sockscope.flush();
    expect(host.batches[0]?.lines).toEqual([
      `${wireName(ORDERS_PLACED.name)}/buy 3`,
      `${wireName(TELEMETRY_LOST.name)}/internal 1`,
      `${wireName(ORDER_CONFIRMATION.name)}/sell order-1 1:1 0.5`,
    ]);
  });

  it("never disturb the page, whatever it passes", async () => {
    const { host, sockscope } = setUp();
    sockscope.count(undefined as unknown as typeof ORDERS_PLACED, { kind: "buy" });
    sockscope.record(ORDER_CONFIRMATION, Number.NaN, { kind: "buy" });
    sockscope.count(ORDERS_PLACED, undefined as unknown as { kind: "buy" });
    await sockscope.flush();
    expect(host.batches[0]?.lines).toEqual([
      `${wireName(TELEMETRY_LOST.name)}/internal 2`,
      `${wireName(TELEMETRY_LOST.name)}/value 1`,
    ]);
  });
});
