// A primary of node:cluster that exposes its workers' sums, and does to them what the test says over the channel.
import cluster from "node:cluster";
import { createServer } from "node:http";
import { instrumentServer } from "@sockscope/server";
import { clusterMetrics, reportToPrimary } from "@sockscope/server/cluster";
import { wsConnection } from "@sockscope/server/ws";
import { Registry } from "prom-client";
import { WebSocketServer } from "ws";

const APP = "chat";

if (cluster.isPrimary) await runPrimary();
else runWorker();

async function runPrimary() {
  const registry = new Registry();
  clusterMetrics({ app: APP, registry, timeoutMs: Number(process.env.TIMEOUT_MS ?? 1000) });
  cluster.on("message", (worker, message) => {
    if (message.listening !== undefined)
      tell({ worker: worker.id, pid: worker.process.pid, port: message.listening });
    if (message.done !== undefined) tell({ done: message.done });
  });
  // Dead, and everything that it said has come.
  const gone = (worker) => {
    if (worker.isDead() && !worker.isConnected()) tell({ gone: worker.id });
  };
  cluster.on("exit", gone);
  cluster.on("disconnect", gone);
  const metrics = createServer(async (_, response) => response.end(await registry.metrics()));
  metrics.listen(0, "127.0.0.1", () => tell({ metrics: metrics.address().port }));
  process.on("message", ({ order, worker, ...rest }) => {
    if (order === "fork") cluster.fork();
    else cluster.workers[worker]?.send({ order, ...rest });
  });
}

function runWorker() {
  const instrumentation = instrumentServer({ app: APP, registry: new Registry(), routes: ["/ws"] });
  // So rarely that only what is asked for, and what is said in the end, is ever told.
  const reporting = reportToPrimary(instrumentation, { intervalMs: 3_600_000 });
  // A port of its own, so that the test knows who serves whom.
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  server.on("connection", (socket) => {
    wsConnection(instrumentation, socket, { route: "/ws", authMethod: "none" });
    socket.on("message", () => socket.send('{"type":"pong"}'));
  });
  http.listen({ host: "127.0.0.1", port: 0, exclusive: true }, () => {
    process.send({ listening: http.address().port });
  });
  const orders = {
    /** Frames as if they had come, so that a test need not send thousands. */
    count: ({ frames }) => {
      const connection = instrumentation.accept(
        { send() {}, close() {} },
        { route: "/ws", authMethod: "none" },
      );
      for (let n = 0; n < frames; n += 1) connection.received('{"type":"ping"}');
      connection.closed(1000);
    },
    say: ({ messages }) => {
      for (const message of messages) process.send(message);
    },
    /** Disconnects from the primary and goes on for those who are connected; says to them that it did. */
    part: () => {
      process.once("disconnect", () => {
        reporting.report();
        setImmediate(() => {
          for (const socket of server.clients) socket.send("parted");
        });
      });
      cluster.worker.disconnect();
    },
    leave: () => {
      reporting.stop();
      process.exit(0);
    },
  };
  process.on("message", ({ order, ...rest }) => {
    if (!Object.hasOwn(orders, order)) return;
    orders[order](rest);
    process.send({ done: order }, () => {});
  });
}

function tell(message) {
  process.send(message);
}
