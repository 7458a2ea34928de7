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
