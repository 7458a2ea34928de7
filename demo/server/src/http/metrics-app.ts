import type { Switchboard } from "@sockscope/demo/faults";
import express, { type Express } from "express";
import type { Registry } from "prom-client";
import type { OriginRule } from "../sockets/same-origin.ts";
import { alertRoutes } from "./alert-routes.ts";
import { faultRoutes } from "./fault-routes.ts";
import { answerErrors, type ReportError, refuseOtherPages } from "./refuse.ts";

/** What a health check is told. */
export interface Health {
  /** `degraded`: it serves, and something that it wants is gone. */
  readonly status: "ok" | "degraded";
  /** `none` where no Redis is configured. */
  readonly redis: "up" | "down" | "none";
}

/** What the metrics' HTTP side needs from outside. */
export interface MetricsAppEnvironment {
  readonly registry: Registry;
  readonly faults: Switchboard;
  readonly health: () => Health;
  readonly origins: OriginRule;
  readonly reportError: ReportError;
  /** Takes what Alertmanager tells. */
  readonly log: (line: object) => void;
}

/** What Prometheus, a health check and tools see. On a listener of its own, because it is nobody else's business. */
export function metricsApp(environment: MetricsAppEnvironment): Express {
  const { registry, faults, health, origins, reportError, log } = environment;
  const app = express();
  app.disable("x-powered-by");
  app.get("/metrics", async (_request, response) => {
    response.set("Content-Type", registry.contentType).send(await registry.metrics());
  });
  // Degraded is no reason to be taken out: the others would not have Redis either.
  app.get("/healthz", (_request, response) => {
    response.json(health());
  });
  app.use("/faults", refuseOtherPages(origins), faultRoutes(faults));
  app.use("/alerts", refuseOtherPages(origins), alertRoutes(log));
  app.use(answerErrors(reportError));
  return app;
}
