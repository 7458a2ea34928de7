import { expect, it } from "vitest";
import { chatPage } from "../testing/chat-page.test-support.ts";
import { ChatServerModel } from "../testing/chat-server-model.test-support.ts";
import { FakeHost, settled } from "../testing/fake-host.test-support.ts";
import { createRandom } from "../testing/random.test-support.ts";

const CLIENTS = 100;
/** Long enough that every client waits at the cap. */
const RESTART_MS = 60_000;
/** From the shortest delay at the cap to the longest. */
const SPREAD_SECONDS = 19.2 - 12.8;
/** Of a normal distribution, as which the binomial one may be taken here. */
const DEVIATIONS_AT_999 = 3.09;

/** When a client is connected again that lived through a restart of the server, in seconds after its return. */
async function returnOf(seed: number): Promise<number> {
  const host = new FakeHost();
  const random = createRandom(seed);
  host.randomBytes = (count) => Uint8Array.from({ length: count }, () => random.below(256));
  const server = new ChatServerModel(host);
  const { chat } = chatPage({ host, WebSocket: server.WebSocket });
  await settled();
  await host.pass(10_000);
  server.mode = "refuses";
  for (const socket of server.live) socket.ends(1012);
  await host.pass(RESTART_MS);
  server.mode = "up";
  const backAt = host.clock;
  while (chat.state.status !== "open") await host.pass(100);
  chat.close();
  return (host.clock - backAt) / 1000;
}

it("a hundred clients come back after a restart as far apart as their jitter has them, and nobody later than it", async () => {
  const returns = await Promise.all(Array.from({ length: CLIENTS }, (_, seed) => returnOf(seed)));
  expect(Math.max(...returns)).toBeLessThan(19.4);
  const bySecond = new Map<number, number>();
  for (const seconds of returns)
    bySecond.set(Math.floor(seconds), (bySecond.get(Math.floor(seconds)) ?? 0) + 1);
  const share = 1 / SPREAD_SECONDS;
  const most = CLIENTS * share + DEVIATIONS_AT_999 * Math.sqrt(CLIENTS * share * (1 - share));
  expect(Math.max(...bySecond.values())).toBeLessThanOrEqual(Math.ceil(most));
});
