import { expect, it } from "vitest";
import { allTargets, TARGETS, targetsWith } from "./targets.ts";

it.each([
  [0.2, "Messages within 200 ms"],
  [0.005, "Messages within 5 ms"],
  [1, "Messages within 1 s"],
])("a latency of %d s is called %j", (bound, title) => {
  expect(targetsWith({ message_latency: { bound } }).message_latency.title).toBe(title);
});

it.each([
  [60, "User messages answered within 60 s"],
  [120, "User messages answered within 2 min"],
])("an answer within %d s is called %j", (bound, title) => {
  expect(targetsWith({ message_delivery: { bound } }).message_delivery.title).toBe(title);
});

it("promises these numbers: whoever changes one says so here", () => {
  const numbers = allTargets(TARGETS).map(({ id, objective }) => [
    id,
    objective.kind === "count" ? objective.count : objective.share,
  ]);
  expect(Object.fromEntries(numbers)).toEqual({
    connected_time: 0.999,
    connection_uptime_p50: 0.5,
    connection_uptime_p95: 0.95,
    connection_survival: 0.9,
    reconnection_storms: 0.05,
    forbidden: 1,
    duplicates_shown: 0,
    manual_refreshes: 5,
    message_latency: 0.95,
    automatic_recovery: 0.95,
    client_memory: 0.95,
    connect_success: 0.995,
    message_delivery: 0.995,
  });
});

it("says hours and mebibytes", () => {
  expect(TARGETS.connection_uptime_p95.title).toBe("Visits shorter than 2 h");
  expect(TARGETS.connection_survival.title).toBe("Connections that nothing cuts for 2 h");
  expect(targetsWith({ connection_uptime_p95: { bound: 14_400 } }).connection_survival.title).toBe(
    "Connections that nothing cuts for 4 h",
  );
  expect(TARGETS.client_memory.title).toBe("Heap growth of at most 10 MiB in 8 h");
});

it("promises what a deployment promises, and else what the product does", () => {
  const own = targetsWith({ connect_success: { share: 0.9 }, forbidden: { count: 0 } });
  expect(own.connect_success.objective).toEqual({ ...TARGETS.connect_success.objective, share: 0.9 });
  expect(own.forbidden.objective.count).toBe(0);
  expect(own.connected_time).toEqual(TARGETS.connected_time);
  expect(allTargets(own).map(({ id }) => id)).toEqual(allTargets(TARGETS).map(({ id }) => id));
});

it("takes no number that an objective does not have", () => {
  expect(targetsWith({ forbidden: { share: 0.1 } }).forbidden.objective).toEqual(TARGETS.forbidden.objective);
});
