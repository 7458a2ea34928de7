import type { RefusalBody } from "@sockscope/catalog/protocol";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { EXPOSITION_CONTENT_TYPE } from "../expose/exposition.ts";
import type { CollectorStatus } from "./collector-status.ts";

/** What the admin listener tells. */
export interface AdminSources {
  /** The exposition at this moment. */
  readonly metrics: () => Uint8Array;
  /** What `/status` answers. */
  readonly status: () => CollectorStatus;
  readonly isDraining: () => boolean;
  readonly onFault: (fault: unknown) => void;
}

/**
 * The admin listener's routes: `/metrics` for Prometheus, `/status` for people, and `/healthz` for whoever sends traffic
 * here.
 */
export function createAdminApp({ metrics, status, isDraining, onFault }: AdminSources): Express {
  const app = express();
  app.disable("x-powered-by");
  // A scrape is never the same twice, so hashing megabytes for an ETag would buy nothing.
  app.disable("etag");
  app.get("/metrics", (_request, response) => {
    const exposition = metrics();
    // Not `response.send`: it rewrites the charset of the media type.
    response.writeHead(200, { "Content-Type": EXPOSITION_CONTENT_TYPE }).end(exposition);
  });
  app.get("/status", (_request, response) => {
    response.json(status());
  });
  app.get("/healthz", (_request, response) => {
    const draining = isDraining();
    response.status(draining ? 503 : 200).json({ status: draining ? "draining" : "ok" });
  });
  app.use((request, response) => {
    const message = `nothing answers ${request.method} here; get /metrics, /status or /healthz`;
    refuse(response, 404, { code: "SOCKSCOPE_ERR_PATH", message });
  });
  app.use((fault: unknown, _request: Request, response: Response, _next: NextFunction) => {
    onFault(fault);
    refuse(response, 500, {
      code: "SOCKSCOPE_ERR_INTERNAL",
      message: "a fault of the collector's own; see its log",
    });
  });
  return app;
}

function refuse(response: Response, status: number, body: RefusalBody): void {
  response.status(status).json(body);
}
