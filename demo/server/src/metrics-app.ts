import express, { type Express } from "express";
import type { Registry } from "prom-client";

/** What Prometheus and a health check see. On a listener of its own, because it is nobody else's business. */
export function metricsApp(registry: Registry): Express {
  const app = express();
  app.disable("x-powered-by");
  app.get("/metrics", async (_request, response) => {
    response.set("Content-Type", registry.contentType).send(await registry.metrics());
  });
  app.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  return app;
}
