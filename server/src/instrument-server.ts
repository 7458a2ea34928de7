import { type Catalog, DEFAULT_CATALOG, ROUTE, worstCaseSeries } from "@sockscope/catalog";
import { type Clock, MONOTONIC_CLOCK } from "./clock.ts";
import { Connection } from "./connection/connection.ts";
import { type ConnectionLog, harmlessLog } from "./connection/connection-log.ts";
import type { ConnectionOptions } from "./connection/connection-options.ts";
import type { ServerSocket } from "./connection/server-socket.ts";
import { type DrainOptions, drain } from "./drain.ts";
import {
  type RejectedHandshake,
  type UpgradingServer,
  type WatchHandshakesOptions,
  watchHandshakes,
} from "./handshake/watch-handshakes.ts";
import { exposeMetrics, type MetricRegistry } from "./metrics/exposed-metric.ts";
import { checkedHome } from "./metrics/metrics-home.ts";
import { OpenConnections } from "./metrics/open-connections.ts";
import type { Sample } from "./metrics/samples.ts";
import { ServerMetrics } from "./metrics/server-metrics.ts";

/** How to instrument a chat server. */
export interface InstrumentServerOptions {
  /**
   * The app that the server belongs to: the value of the label `app` on every metric, and the same name as its pages and
   * the collector know it by, so that both sides of the wire can be read together.
   */
  readonly app: string;
  /**
   * Where the metrics live: a `Registry` of `prom-client` or of `@prometheus-io/client`, which the application exposes. It must not
   * have the metrics yet.
   */
  readonly registry: MetricRegistry;
  /** The server's WebSocket routes, the values of the label `route`. */
  readonly routes: readonly string[];
  /** Which frames, close codes, close reasons and ways to authenticate are counted by name. Default: the product's own. */
  readonly catalog?: Catalog;
  /**
   * Whether `ws_connections_active` has the label `thread_id`: the busiest threads by name, the others as `other`. Names come
   * and go with their threads, so a long-term store sees more of them than a scrape does. Default: false.
   */
  readonly byThread?: boolean;
  /** Times connections. Default: the process's monotonic clock. */
  readonly clock?: Clock;
  /** Takes a line per connect, close and error: a function, or a logger with levels such as `pino`. Default: no log. */
  readonly log?: ConnectionLog;
}

/** The instrumentation of one chat server. */
export interface ServerInstrumentation {
  /** What is counted by name. */
  readonly catalog: Catalog;
  /** How many series a scrape has at the most, whatever peers send. */
  readonly maxSeries: number;
  /** The connections that are open now. */
  readonly connections: ReadonlySet<Connection>;
  /** Reads the clock by which messages are timed, in ms: take it when a message is accepted, and hand it to `send`. */
  now(): number;
  /**
   * Begins to measure a connection of any server, right after its upgrade was accepted and before anything is sent. What happens
   * to the socket, the connection has to be told; for sockets of `ws` and socket.io there are adapters that do.
   */
  accept(socket: ServerSocket, options: ConnectionOptions): Connection;
  /** Counts an upgrade that was answered with an HTTP error. */
  handshakeRejected(handshake: RejectedHandshake): void;
  /** Counts every upgrade that a server of Node answers with an HTTP error. Returns what ends it. */
  watchHandshakes(server: UpgradingServer, options?: WatchHandshakesOptions): () => void;
  /** Closes every connection with `restart` and an advice when to come back, spread out, and resolves when all are gone. */
  drain(options?: DrainOptions): Promise<void>;
  /** Every metric's lines now, by its name. */
  samples(): Readonly<Record<string, readonly Sample[]>>;
}

/**
 * Registers the catalog's server metrics and returns what feeds them.
 *
 * @throws InvalidAppError when the app's name cannot be a label value
 * @throws InvalidRoutesError when the routes cannot be label values
 * @throws Error of the registry when it already has one of the metrics
 */
export function instrumentServer(options: InstrumentServerOptions): ServerInstrumentation {
  const { registry, byThread = false, clock = MONOTONIC_CLOCK } = options;
  const home = checkedHome({ catalog: DEFAULT_CATALOG, ...options });
  const { catalog } = home;
  const log = harmlessLog(options.log ?? (() => {}));
  const connections = new Set<Connection>();
  const emptied: (() => void)[] = [];

  const onOver = (connection: Connection): void => {
    connections.delete(connection);
    if (connections.size === 0) for (const run of emptied.splice(0)) run();
  };
  const open = new OpenConnections({ ...home, clock, byThread }, () => connections);
  const metrics = new ServerMetrics(home, open);
  const samples = () => {
    for (const connection of connections) connection.reap();
    return metrics.samples();
  };
  exposeMetrics(catalog, registry, samples);
  const environment = { metrics, catalog, clock, log, onOver };
  const handshakeRejected = ({ status, credentials }: RejectedHandshake): void => {
    metrics.handshakeRejected(status, credentials);
    log({ event: "reject", status, credentials: credentials ? "present" : "absent" });
  };

  return {
    catalog,
    maxSeries: worstCaseSeries(catalog.serverMetrics, { optIn: byThread }),
    connections,
    now: () => clock.now(),
    accept(socket, connectionOptions) {
      const { route } = connectionOptions;
      const counted = home.routes.includes(route) ? route : ROUTE.other;
      const connection = new Connection(socket, counted, connectionOptions, environment);
      connections.add(connection);
      return connection;
    },
    handshakeRejected,
    watchHandshakes: (server, watching) => watchHandshakes(server, handshakeRejected, watching),
    drain: (how) =>
      drain(
        { open: connections, whenEmpty: (run) => void (connections.size === 0 ? run() : emptied.push(run)) },
        how,
      ),
    samples,
  };
}
