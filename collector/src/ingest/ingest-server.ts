import { createServer, type Server } from "node:http";
import type { IngestLimits } from "./ingest-limits.ts";

/** Room for a browser's headers and the cookies that a beacon to the same host brings along. */
const MAX_HEADER_BYTES = 8192;

/** An HTTP server that keeps clients within the limits, and does not answer anything by itself. */
export function createIngestServer(limits: IngestLimits): Server {
  const server = createServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Host plays no part here, and node would refuse its absence without telling us.
    requireHostHeader: false,
  });
  server.timeout = limits.idleMs;
  server.maxConnections = limits.connections;
  return server;
}
