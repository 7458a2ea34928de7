import { createServer } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { listen, stopListening } from "../listener.ts";
import { type Answer, codeOf, send } from "../testing/send.test-support.ts";
import { type AdminSources, createAdminApp } from "./admin-app.ts";
import type { CollectorStatus } from "./collector-status.ts";

const STATUS: CollectorStatus = {
  since: "2026-01-01T00:00:00.000Z",
  series: 3,
  sessions: { remembered: 2, active: { chat: 1 } },
  refused: [],
};

async function ask(path: string, sources: Partial<AdminSources> = {}, method = "GET"): Promise<Answer> {
  const app = createAdminApp({
    metrics: () => Buffer.alloc(0),
    status: () => STATUS,
    isDraining: () => false,
    onFault: () => {},
    announcing: { token: undefined, announce: undefined, kept: () => [] },
    ...sources,
  });
  const server = createServer(app);
  const url = await listen(server, { host: "127.0.0.1", port: 0 });
  onTestFinished(() => stopListening(server, 0));
  return send(url, { method, path });
}

describe("the admin app", () => {
  it("serves the exposition as text format 0.0.4", async () => {
    const { status, headers, body } = await ask("/metrics", { metrics: () => Buffer.from("up 1\n") });
    expect([status, body]).toEqual([200, "up 1\n"]);
    expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
  });

  it("serves the status as JSON", async () => {
    const { status, headers, body } = await ask("/status");
    expect([status, JSON.parse(body)]).toEqual([200, STATUS]);
    expect(headers["content-type"]).toMatch(/^application\/json/);
  });

  it("is healthy until it drains", async () => {
    expect(await ask("/healthz")).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    const draining = await ask("/healthz", { isDraining: () => true });
    expect(draining).toMatchObject({ status: 503, body: '{"status":"draining"}' });
  });

  it.each([
    ["GET", "/nope"],
    ["POST", "/metrics"],
  ])("answers %s %s with a code, and does not say what it runs on", async (method, path) => {
    const answer = await ask(path, {}, method);
    expect(answer.status).toBe(404);
    expect(codeOf(answer)).toBe("SOCKSCOPE_ERR_PATH");
    expect(answer.headers["x-powered-by"]).toBeUndefined();
  });

  it("answers a fault without its details, and tells about it", async () => {
    const faults: unknown[] = [];
    const metrics = (): Uint8Array => {
      throw new Error("secret");
    };
    const answer = await ask("/metrics", { metrics, onFault: (fault) => faults.push(fault) });
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain("secret");
    expect(faults).toHaveLength(1);
  });
});
