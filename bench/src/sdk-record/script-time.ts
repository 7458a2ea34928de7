import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Browser, CDPSession } from "playwright-core";
import { type WebSocket, WebSocketServer } from "ws";
import { startChromium } from "../chromium.ts";
import { receivedFrames } from "../frames.ts";
import { serve } from "../listening.ts";
import { median } from "../median.ts";
import { type PageName, serveSite } from "../site.ts";

const ROUNDS = 9;
const MESSAGES = 3_000;

/** A page, and the server's end of its socket. */
interface OpenPage {
  readonly devTools: CDPSession;
  readonly socket: WebSocket;
}

/**
 * CPU time in which a real browser runs script for one message that it receives, in us: with the SDK, and without. Both pages parse
 * each frame and do nothing with it. Medians of rounds that alternate.
 */
export async function scriptTimes(): Promise<number[]> {
  const frames = receivedFrames(MESSAGES).map(({ text }) => text);
  const site = await serveSite();
  const collector = await serve((_, response) =>
    response.writeHead(204, { "Access-Control-Allow-Origin": "*" }).end(),
  );
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const browser = await startChromium();
  try {
    const pages: OpenPage[] = [];
    for (const name of ["sockscope", "without"] as const)
      pages.push(await open(name, browser, server, site.origin, collector.origin));
    for (const page of pages) await round(page, frames);
    const rounds: number[][] = pages.map(() => []);
    for (let at = 0; at < ROUNDS; at++)
      for (const [index, page] of pages.entries()) rounds[index]?.push(await round(page, frames));
    return rounds.map(median);
  } finally {
    await browser.close();
    server.close();
    await collector.close();
    await site.close();
  }
}

async function open(
  name: PageName,
  browser: Browser,
  server: WebSocketServer,
  site: string,
  collector: string,
): Promise<OpenPage> {
  const { port } = server.address() as AddressInfo;
  const page = await browser.newPage();
  const connection = once(server, "connection");
  await page.goto(`${site}/${name}?${new URLSearchParams({ collector, chat: `ws://127.0.0.1:${port}` })}`);
  const [socket] = (await connection) as [WebSocket];
  const devTools = await page.context().newCDPSession(page);
  // Time of the thread, not of the clock: whatever else runs on this machine is not script.
  await devTools.send("Performance.enable", { timeDomain: "threadTicks" });
  return { devTools, socket };
}

async function round(page: OpenPage, frames: readonly string[]): Promise<number> {
  const before = await scriptSeconds(page);
  const seen = once(page.socket, "message");
  for (const frame of frames) page.socket.send(frame);
  page.socket.send('{"type":"last"}');
  await seen;
  return (((await scriptSeconds(page)) - before) * 1_000_000) / frames.length;
}

async function scriptSeconds({ devTools }: OpenPage): Promise<number> {
  const { metrics } = await devTools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "ScriptDuration")?.value ?? Number.NaN;
}
