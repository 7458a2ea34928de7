import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { bundle } from "./testing/clients.test-support.ts";
import { type Intake, serveIntake } from "./testing/intake.test-support.ts";
import { accepting, FRAME, type Peer, refused } from "./testing/peers.test-support.ts";

declare global {
  /** In the page with RUM: a connection that is observed, until it is closed. */
  function liveThrough(url: string): Promise<void>;
}

const RESTART = { code: "1012", phase: "opened", endedBy: "peer" };
const EXPIRY = { code: "4401", phase: "opened", endedBy: "peer" };
const REFUSAL = { code: "1006", phase: "never_opened", endedBy: "network" };

/** The first connection meets a restart, the second an expired session. */
function restarting(): Promise<Peer> {
  const codes = [1012, 4401];
  return accepting((socket) => socket.send(FRAME, () => socket.close(codes.shift())));
}

describe("a page with Datadog RUM", () => {
  let browser: Browser;
  let intake: Intake;
  const peers: Peer[] = [];

  beforeAll(async () => {
    intake = await serveIntake(await bundle("datadog.ts"));
    browser = await launchBrowser();
    peers.push(await restarting(), await refused());
    const [chat, gone] = peers.map(({ url }) => url);
    const page = await browser.newPage();
    await page.goto(intake.origin);
    for (const url of [chat, chat, gone]) await page.evaluate((to) => liveThrough(to), url ?? "");
    // RUM sends what it has when a page leaves.
    await page.goto("about:blank");
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([intake?.close(), ...peers.map((peer) => peer.close())]);
  });

  it("sends each decided attempt and each close as an action, in their order", async () => {
    const actions = await intake.events("action", 6);
    const initial = { trigger: "initial" };
    const backoff = { trigger: "backoff", delaySeconds: expect.any(Number) };
    expect(actions.map(({ action, context }) => [action?.target?.name, context?.websocket])).toEqual([
      ["websocket_attempt", { outcome: "opened", ...initial }],
      ["websocket_close", RESTART],
      ["websocket_attempt", { outcome: "opened", ...backoff }],
      ["websocket_close", EXPIRY],
      ["websocket_attempt", { outcome: "failed", ...initial }],
      ["websocket_close", REFUSAL],
    ]);
    expect(actions.every(({ action }) => action?.type === "custom")).toBe(true);
  });

  it("sends how long each connection was open as a vital, with its close and the p95", async () => {
    const vitals = await intake.events("vital", 2);
    expect(vitals.map(({ vital }) => [vital?.type, vital?.name])).toEqual(
      Array(2).fill(["duration", "websocket_connection"]),
    );
    const seconds = vitals.map(({ vital }) => (vital?.duration ?? 0) / 1e9);
    const [first = 0] = seconds;
    expect(first).toBeGreaterThan(0);
    expect(vitals.map(({ context }) => context?.websocket)).toEqual([
      { ...RESTART, p95DurationSeconds: expect.closeTo(first, 6) },
      { ...EXPIRY, p95DurationSeconds: expect.closeTo(Math.max(...seconds), 6) },
    ]);
  });

  it("dates a vital into the life of its page, before the next attempt", async () => {
    const [view] = await intake.events("view", 1);
    const [vital] = await intake.events("vital", 2);
    const [, , next] = await intake.events("action", 6);
    expect(vital?.date).toBeGreaterThanOrEqual(view?.date ?? Infinity);
    expect(vital?.date).toBeLessThanOrEqual(next?.date ?? 0);
  });

  it("sends it where RUM sends everything", async () => {
    await intake.events("action", 6);
    expect(new Set(intake.forwarded.map((path) => path.split("?")[0]))).toEqual(new Set(["/api/v2/rum"]));
  });
});
