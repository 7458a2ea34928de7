import type { RefusalBody } from "@sockscope/catalog/protocol";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { EXPOSITION_CONTENT_TYPE } from "../expose/exposition.ts";
import {
  type AnnouncementAnswer,
  type Announcing,
  announceRelease,
  LONGEST_ANNOUNCEMENT_BYTES,
  refusedAnnouncement,
  refusedBody,
} from "./announce-release.ts";
import type { CollectorStatus } from "./collector-status.ts";

/** What the admin listener tells. */
export interface AdminSources {
  /** The exposition at this moment. */
  readonly metrics: () => Uint8Array;
  /** What `/status` answers. */
  readonly status: () => CollectorStatus;
  readonly isDraining: () => boolean;
  readonly onFault: (fault: unknown) => void;
  readonly announcing: Announcing;
}

/**
 * The admin listener's routes: `/metrics` for Prometheus, `/status` for people, `/healthz` for whoever sends traffic here,
 * and `/releases` for whoever deploys pages.
 */
export function createAdminApp({ metrics, status, isDraining, onFault, announcing }: AdminSources): Express {
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
  app.post(
    "/releases",
    (request, response, next) => {
      const refusal = refusedAnnouncement(announcing, request.headers.authorization);
      if (refusal === undefined) next();
      else answer(response, refusal);
    },
    // Whatever it is called: it has to be JSON, and `curl --data` calls it a form.
    express.text({ type: () => true, limit: LONGEST_ANNOUNCEMENT_BYTES, inflate: false }),
    (request, response) => answer(response, announceRelease(announcing, request.body)),
  );
  app.use((request, response) => {
    const message = `nothing answers ${request.method} here; get /metrics, /status or /healthz, post to /releases`;
    refuse(response, 404, { code: "SOCKSCOPE_ERR_PATH", message });
  });
  app.use((fault: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const refusal = refusedBody(fault);
    if (refusal !== undefined) {
      answer(response, refusal);
      return;
    }
    onFault(fault);
    refuse(response, 500, {
      code: "SOCKSCOPE_ERR_INTERNAL",
      message: "a fault of the collector's own; see its log",
    });
  });
  return app;
}

function answer(response: Response, { status, body }: AnnouncementAnswer): void {
  response.status(status).json(body);
}

function refuse(response: Response, status: number, body: RefusalBody): void {
  response.status(status).json(body);
}
