import { randomUUID } from "node:crypto";
import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { Registry } from "prom-client";
import { type Clock, MONOTONIC_CLOCK } from "./clock.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import { type ConnectionLog, harmlessLog } from "./connection-log.ts";
import { ServerMetrics } from "./server-metrics.ts";
import type { ServerSocket } from "./server-socket.ts";

/** How to instrument a chat server. */
export interface InstrumentServerOptions {
  /**
   * The app that the server belongs to: the value of the label `app` on every metric, and the same name as its pages and
   * the collector know it by, so that both sides of the wire can be read together.
   */
  readonly app: string;
  /** Where the metrics live; the application exposes it. It must not have the metrics yet. */
  readonly registry: Registry;
  /** The server's WebSocket routes, the values of the label `route`. */
  readonly routes: readonly string[];
  /** Which frames, close codes, close reasons and ways to authenticate are counted by name. Default: the product's own. */
  readonly catalog?: Catalog;
  /** Times connections. Default: the process's monotonic clock. */
  readonly clock?: Clock;
  /** Takes a line per connect, close and error. Default: no log. */
  readonly log?: ConnectionLog;
}

/** The instrumentation of one chat server. */
export interface ServerInstrumentation {
  /**
   * Begins to measure a socket, right after its upgrade was accepted and before anything is sent.
   * A socket that is measured already keeps its connection.
   */
  connection(socket: ServerSocket, options: ConnectionOptions): Connection;
}

/**
 * Registers the catalog's server metrics and returns what feeds them.
 *
 * @throws InvalidAppError when the app's name cannot be a label value
 * @throws InvalidRoutesError when the routes cannot be label values
 * @throws Error of prom-client when the registry already has one of the metrics
 */
export function instrumentServer(options: InstrumentServerOptions): ServerInstrumentation {
  const { app, registry, routes, catalog = DEFAULT_CATALOG } = options;
  const metrics = new ServerMetrics({ app, registry, catalog }, routes);
  const clock = options.clock ?? MONOTONIC_CLOCK;
  const log = harmlessLog(options.log ?? (() => {}));
  const connections = new WeakMap<ServerSocket, Connection>();
  return {
    connection(socket, connectionOptions) {
      const known = connections.get(socket);
      if (known !== undefined) return known;
      const environment = { metrics, catalog, clock, log, correlationId: randomUUID() };
      const connection = new Connection(socket, connectionOptions, environment);
      connections.set(socket, connection);
      return connection;
    },
  };
}
