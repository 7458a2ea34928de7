import cluster from "node:cluster";
import { createServer, type Server } from "node:http";
import type { ServerInstrumentation } from "@sockscope/server";
import { clusterMetrics, reportToPrimary } from "@sockscope/server/cluster";
import { Registry } from "prom-client";

/** In the primary: serves the sums of all workers. */
export function runPrimary(workers: number, metricsPort: number): Server {
  const registry = new Registry();
  clusterMetrics({ app: "chat", registry });
  for (let worker = 0; worker < workers; worker += 1) cluster.fork();
  return createServer(async (_, response) => {
    response.setHeader("content-type", registry.contentType).end(await registry.metrics());
  }).listen(metricsPort);
}

/** In a worker, with what `instrumentServer` returned there. */
export function runWorker(instrumentation: ServerInstrumentation): void {
  const reporting = reportToPrimary(instrumentation);
  process.once("SIGTERM", async () => {
    await instrumentation.drain();
    reporting.stop();
    process.exit();
  });
}
