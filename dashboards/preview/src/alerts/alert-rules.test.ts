import { expect, it } from "vitest";
import { type AlertRule, type AlertState, countsInWords, firingCount } from "./alert-rules.ts";

function rule(name: string, state: AlertState): AlertRule {
  return {
    name,
    query: "vector(1)",
    duration: 0,
    labels: {},
    annotations: {},
    state,
    health: "ok",
    alerts: [],
  };
}

it("what always fires is in no count, and the words say so", () => {
  const rules = [
    rule("Watchdog", "firing"),
    rule("WsManualReloads", "firing"),
    rule("WsReconnectStorm", "inactive"),
  ];
  expect(firingCount(rules)).toBe(1);
  expect(countsInWords(rules)).toBe(
    "1 firing · 0 pending · 1 inactive · without Watchdog, which always fires",
  );
});

it("a Prometheus without it has nothing to leave out", () => {
  expect(countsInWords([rule("WsManualReloads", "pending")])).toBe("0 firing · 1 pending · 0 inactive");
});
