import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { catalogOf, readConfig } from "@sockscope/config";
import { instrumentServer } from "@sockscope/server";
import { wsConnection } from "@sockscope/server/ws";
import { Registry } from "prom-client";
import { WebSocketServer } from "ws";
import { type Frame, received, sent } from "./frames.ts";

const [port = "0", configuration = "", collector = ""] = process.argv.slice(2);
const registry = new Registry();
const catalog = catalogOf(await readConfig(configuration));
const instrumentation = instrumentServer({ app: "exchange", registry, routes: ["/orders"], catalog });
const webSockets = new WebSocketServer({ noServer: true });
const filled: Frame = { kind: "msg", about: "fill" };
let accepted = 0;

const server = createServer(async (request, response) => {
  if (request.url === "/metrics") response.end(await registry.metrics());
  else if (request.url === "/page.js")
    response.setHeader("content-type", "text/javascript").end(await readFile("dist/page.bundle.js"));
  else
    response
      .setHeader("content-type", "text/html")
      .end(
        `<!doctype html><body data-collector="${collector}"><script type="module" src="/page.js"></script>`,
      );
});

server.on("upgrade", (request, stream, head) => {
  webSockets.handleUpgrade(request, stream, head, (socket) => {
    accepted += 1;
    const isFirst = accepted === 1;
    const connection = wsConnection(instrumentation, socket, {
      route: "/orders",
      // A browser has no other place for a token than the subprotocol.
      authMethod: socket.protocol.startsWith("bearer.") ? "bearer" : "none",
      sentEvent: received,
      receivedEvent: sent,
    });
    socket.on("message", () => {
      connection.send(filled);
      connection.close(isFirst ? "idle" : "signed_in_elsewhere");
    });
  });
});

server.listen(Number(port), "127.0.0.1", () => {
  console.log(JSON.stringify({ event: "listening" }));
});
process.on("SIGTERM", () => process.exit(0));
