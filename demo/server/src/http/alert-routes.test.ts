import { createServer } from "node:http";
import express from "express";
import { expect, it, onTestFinished } from "vitest";
import { alertRoutes } from "./alert-routes.ts";
import { baseUrl, listen, stopListening } from "./listen.ts";

async function told(body: unknown, type = "application/json"): Promise<{ status: number; lines: object[] }> {
  const lines: object[] = [];
  const server = createServer(
    express().use(
      "/alerts",
      alertRoutes((line) => lines.push(line)),
    ),
  );
  onTestFinished(() => stopListening(server));
  const url = baseUrl("127.0.0.1", await listen(server, "127.0.0.1", 0));
  const { status } = await fetch(`${url}/alerts`, {
    method: "POST",
    headers: { "content-type": type },
    body: JSON.stringify(body),
  });
  return { status, lines };
}

it("logs a line for each alert, with where it leads", async () => {
  const labels = { alertname: "WsDown", app: "chat", severity: "page" };
  const annotations = { description: "All is lost.", runbook_url: "http://r/WsDown.md" };
  const { status, lines } = await told({ alerts: [{ status: "firing", labels, annotations }] });
  expect(status).toBe(204);
  expect(lines).toEqual([{ event: "alert", status: "firing", ...labels, ...annotations }]);
});

it("takes a list without alerts", async () => {
  expect(await told({ alerts: [] })).toEqual({ status: 204, lines: [] });
});

const GOOD = { labels: { alertname: "WsDown" } };

it.each([
  [[]],
  [{}],
  [{ alerts: "many" }],
  [{ alerts: [null] }],
  [{ alerts: [GOOD, { labels: null }] }],
  [{ alerts: [GOOD, { annotations: "none" }] }],
])("refuses %j before it logs any of it", async (body) => {
  expect(await told(body)).toEqual({ status: 400, lines: [] });
});

it("refuses what does not come as JSON", async () => {
  expect(await told({ alerts: [GOOD] }, "text/plain")).toEqual({ status: 415, lines: [] });
});
