import { afterEach, expect, it, vi } from "vitest";
import { heldAlerts } from "./held-alerts.ts";

const ALERT = {
  fingerprint: "f",
  labels: { alertname: "WsDown" },
  startsAt: "2026-01-01T00:00:00Z",
  receivers: [{ name: "page" }],
  status: { state: "active", silencedBy: [], inhibitedBy: [] },
};

afterEach(() => {
  vi.unstubAllGlobals();
});

function answered(body: unknown): ReturnType<typeof heldAlerts> {
  vi.stubGlobal("fetch", async () => Response.json(body));
  return heldAlerts(new AbortController().signal);
}

it.each([[[]], [[ALERT]]])("takes %j", async (body) => {
  expect(await answered(body)).toEqual(body);
});

it.each([[null], [{}], ["down"], [[null]], [[{ ...ALERT, status: undefined }]], [[{ ...ALERT, labels: 1 }]]])(
  "says that %j is no list of alerts",
  async (body) => {
    await expect(answered(body)).rejects.toThrow("no list of alerts");
  },
);
