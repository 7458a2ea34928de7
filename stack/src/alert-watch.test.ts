import { expect, it } from "vitest";
import { alertChanges, begunLines, endedLine } from "./alert-watch.ts";
import type { ActiveAlert } from "./prometheus-api.ts";

const SPIKE: ActiveAlert = {
  labels: { alertname: "WsAuthCloseSpike", severity: "page", app: "chat" },
  annotations: {
    description: "Half of the pages.",
    runbook_url: "http://127.0.0.1:4394/runbooks/WsAuthCloseSpike.md",
  },
  state: "firing",
};
const OF_OTHER: ActiveAlert = { ...SPIKE, labels: { ...SPIKE.labels, app: "other" } };
const PENDING: ActiveAlert = { ...SPIKE, state: "pending" };
const WATCHDOG: ActiveAlert = { ...SPIKE, labels: { alertname: "Watchdog", severity: "none" } };

it("tells of an alert once when it begins to fire, and once when it ends", () => {
  expect(alertChanges([PENDING], [SPIKE])).toEqual({ begun: [SPIKE], ended: [] });
  expect(alertChanges([SPIKE], [{ ...SPIKE, annotations: {} }])).toEqual({ begun: [], ended: [] });
  expect(alertChanges([SPIKE, OF_OTHER], [OF_OTHER])).toEqual({ begun: [], ended: [SPIKE] });
});

it("tells nothing of what only machines wait for, or may fire", () => {
  expect(alertChanges([], [WATCHDOG, PENDING])).toEqual({ begun: [], ended: [] });
});

it("leads to the runbook and to the cause", () => {
  expect(begunLines(SPIKE, "http://127.0.0.1:4392")).toEqual([
    "▲ WsAuthCloseSpike (page, app=chat) fires. Half of the pages.",
    "  Runbook    http://127.0.0.1:4394/runbooks/WsAuthCloseSpike.md",
    "  Diagnose   npm run sockscope -- diagnose WsAuthCloseSpike --prometheus http://127.0.0.1:4392",
  ]);
  expect(endedLine(SPIKE)).toBe("▽ WsAuthCloseSpike (page, app=chat) fires no more.");
});
