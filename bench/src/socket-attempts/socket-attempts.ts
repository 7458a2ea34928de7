import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { WebSocketServer } from "ws";
import { startChromium } from "../chromium.ts";
import { compareCosts, type Measurement } from "../measurement.ts";
import { peer } from "../peer.ts";
import { serveSite } from "../site.ts";
import { ATTEMPTING_CLIENTS } from "./attempting-clients.ts";

/** How long the clients are watched, in ms. */
const WATCHED_MS = 6_000;

/** A server that fails, one that restarts, and one to which the session is no longer good. */
const CODES = [1011, 1012, 4401];

/** How often clients connect to a server that accepts and then closes, each in the same page, at the same time. */
export async function socketAttempts(report: (measurement: Measurement) => void): Promise<void> {
  const attempts = new Map<string, number>();
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (socket, { url = "" }) => {
    const [, client, code] = url.split(/[/?]/);
    const key = `${client} ${code}`;
    attempts.set(key, (attempts.get(key) ?? 0) + 1);
    socket.close(Number(code));
  });
  await once(server, "listening");
  const site = await serveSite();
  const browser = await startChromium();
  try {
    const page = await browser.newPage();
    const query = new URLSearchParams({ server: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` });
    for (const code of CODES) query.append("code", String(code));
    await page.goto(`${site.origin}/clients?${query}`);
    await delay(WATCHED_MS);
  } finally {
    await browser.close();
    server.close();
    await site.close();
  }
  for (const code of CODES) for (const measurement of compared(attempts, code)) report(measurement);
}

function compared(attempts: ReadonlyMap<string, number>, code: number): Measurement[] {
  const [ours, ...peers] = ATTEMPTING_CLIENTS;
  const made = (client: string): number => attempts.get(`${client} ${code}`) ?? 0;
  return peers.map((client) =>
    compareCosts({
      bench: "socket-attempts",
      value: made(ours),
      unit: `attempts in ${WATCHED_MS / 1000} s at a server that accepts and then closes ${code}`,
      peer: peer(client),
      peerValue: made(client),
    }),
  );
}
