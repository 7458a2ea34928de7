import { createServer } from "node:http";
import express from "express";
import { expect, it, onTestFinished } from "vitest";
import { alertRoutes } from "./alert-routes.ts";
import { baseUrl, listen, stopListening } from "./listen.ts";

async function told(body: unknown): Promise<{ status: number; lines: object[] }> {
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
    headers: { "content-type": "application/json" },
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

it.each([[[]], [{}], [{ alerts: "many" }], [{ alerts: [null] }]])("is not upset by %j", async (body) => {
  expect((await told(body)).status).toBe(204);
});
