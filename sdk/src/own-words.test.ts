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
import { start } from "./sockscope.ts";
import { FakeEnvironment } from "./testing/fake-environment.test-support.ts";
import { fakeWebSocket } from "./testing/fake-web-socket.test-support.ts";

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
  const environment = new FakeEnvironment();
  const sockscope = start({
    collector: "https://collector.example",
    app: "chat",
    frames: { received: ["order_filled"], sent: ["place_order"] },
    closeCodes: { 4001: "error" },
    environment,
  });
  return { environment, sockscope, socket: fakeWebSocket() };
}

describe("an application's own words", () => {
  it("reach the batch under their names, and a mistyped one does not compile", async () => {
    const { environment, sockscope, socket } = setUp();
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
    expect(environment.batches[0]?.counters).toEqual([
      { name: FRAMES_SENT.name, labels: { event: "place_order" }, delta: 1 },
      { name: CONNECT_ATTEMPTS.name, labels: { outcome: "opened", trigger: "initial" }, delta: 1 },
      { name: FRAMES_RECEIVED.name, labels: { event: "order_filled" }, delta: 1 },
      { name: CLOSES.name, labels: { code: "4001", phase: "opened", ended_by: "peer" }, delta: 1 },
      { name: AFFECTED_SESSIONS.name, labels: { code: "4001" }, delta: 1 },
    ]);
  });

  it("count as other where the frame goes the other way, and as its range where the code is not theirs", async () => {
    const { environment, sockscope, socket } = setUp();
    sockscope.observe(socket);
    socket.open();
    socket.send('{"type":"order_filled"}');
    socket.end(4002);
    await sockscope.flush();
    const [sent, , close] = environment.batches[0]?.counters ?? [];
    expect(sent?.labels).toEqual({ event: "other" });
    expect(close?.labels).toMatchObject({ code: "4xxx" });
  });

  it("decide an attempt as their consequence says", async () => {
    const { environment, sockscope, socket } = setUp();
    sockscope.observe(socket, { trigger: "initial" });
    socket.open();
    socket.end(4001);
    await sockscope.flush();
    expect(environment.batches[0]?.counters).toContainEqual({
      name: CONNECT_ATTEMPTS.name,
      labels: { outcome: "rejected", trigger: "initial" },
      delta: 1,
    });
  });

  it("can be metrics, whose labels are checked", async () => {
    const { environment, sockscope } = setUp();
    sockscope.count(ORDERS_PLACED, { kind: "buy" });
    sockscope.count(ORDERS_PLACED, { kind: "buy" }, 2);
    // @ts-expect-error -- no such value
    sockscope.count(ORDERS_PLACED, { kind: "hold" });
    sockscope.record(ORDER_CONFIRMATION, 0.5, { kind: "sell" });
    await sockscope.flush();
    const [, ...lines] = environment.requests[0]?.body.split("\n") ?? [];
    expect(lines).toEqual([
      `${ORDERS_PLACED.name}/buy 3`,
      `${TELEMETRY_LOST.name}/internal 1`,
      `${ORDER_CONFIRMATION.name}/sell order-1 1:1 0.5`,
    ]);
  });

  it("never disturb the page, whatever it passes", async () => {
    const { environment, sockscope } = setUp();
    sockscope.count(undefined as unknown as typeof ORDERS_PLACED, { kind: "buy" });
    sockscope.record(ORDER_CONFIRMATION, Number.NaN, { kind: "buy" });
    sockscope.count(ORDERS_PLACED, undefined as unknown as { kind: "buy" });
    await sockscope.flush();
    const lost = environment.batches[0]?.counters.map(({ labels, delta }) => [labels["where"], delta]);
    expect(lost).toEqual([
      ["internal", 2],
      ["value", 1],
    ]);
  });
});
