import { EventEmitter, once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { Passage } from "./passage.ts";

async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A client that never closes its half. */
function rudeClient(port: number): Socket {
  const client = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  client.on("error", () => {}).resume();
  onTestFinished(() => void client.destroy());
  return client;
}

it("is over a grace after the server has gone, when the client never closes its half", async () => {
  const serverPort = await listening(createServer((socket) => socket.end("bye")));
  const events = new EventEmitter();
  const scheduled = once(events, "scheduled");
  const over = once(events, "over");
  const schedule = (run: () => void) => {
    events.emit("scheduled", run);
    return () => {};
  };
  const proxyPort = await listening(
    createServer((client) =>
      new Passage(client, connect(serverPort, "127.0.0.1"), schedule).onEnd(() => events.emit("over")),
    ),
  );
  const client = rudeClient(proxyPort);
  await once(client, "end");
  const [run] = await scheduled;
  run();
  await over;
  expect(client.destroyed).toBe(false);
});

it("ends when its time is over, and not when the limit is lifted before", async () => {
  const serverPort = await listening(createServer());
  const passages: Passage[] = [];
  const limits: { run: () => void; isOff: boolean }[] = [];
  const schedule = (run: () => void) => {
    const limit = { run, isOff: false };
    limits.push(limit);
    return () => {
      limit.isOff = true;
    };
  };
  const proxy = createServer((client) =>
    passages.push(new Passage(client, connect(serverPort, "127.0.0.1"), schedule)),
  );
  const opened = once(proxy, "connection");
  const client = rudeClient(await listening(proxy));
  await opened;
  for (const weather of [{ lifetimeMs: 60_000 }, { lifetimeMs: 60_000, isStalled: true }, {}])
    passages[0]?.change(weather);
  expect(limits.map(({ isOff }) => isOff)).toEqual([true]);
  passages[0]?.change({ lifetimeMs: 60_000 });
  const ended = once(client, "end");
  limits[1]?.run();
  await ended;
});
