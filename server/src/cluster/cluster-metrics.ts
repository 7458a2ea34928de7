import cluster from "node:cluster";
import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { exposeMetrics, type MetricRegistry } from "../metrics/exposed-metric.ts";
import { checkedHome } from "../metrics/metrics-home.ts";
import { ClusterSum } from "./cluster-sum.ts";
import { isMessage, type Samples } from "./messages.ts";
import { Rounds } from "./rounds.ts";
import { isSamples } from "./sample-shape.ts";
import type { PoolWorker, WorkerPool } from "./worker-pool.ts";

/** How the primary exposes what its workers count. */
export interface ClusterMetricsOptions {
  /** As the workers have it. */
  readonly app: string;
  /** Where the sums live; the primary exposes it. */
  readonly registry: MetricRegistry;
  /** As the workers have it. Default: the product's own. */
  readonly catalog?: Catalog;
  /** How long a scrape waits for workers, in ms; one that does not answer counts with what it said last. Default: 1,000. */
  readonly timeoutMs?: number;
  /** Default: `node:cluster`. */
  readonly workers?: WorkerPool;
}

/**
 * In the primary, before its workers are forked: registers the catalog's server metrics as sums over all workers, which call
 * `reportToPrimary`. A counter never falls: what a worker counted stays when it dies.
 *
 * @throws InvalidAppError when the app's name cannot be a label value
 * @throws Error of the registry when it already has one of the metrics
 */
export function clusterMetrics(options: ClusterMetricsOptions): void {
  const { app, registry, timeoutMs = 1000, workers = cluster } = options;
  const { catalog } = checkedHome({ app, catalog: options.catalog ?? DEFAULT_CATALOG, routes: [] });
  const sum = new ClusterSum(app, catalog);
  const rounds = new Rounds(workers, timeoutMs);
  const reporting = new Set<number>();
  const asksNoMore = ({ id }: PoolWorker): void => {
    reporting.delete(id);
    rounds.left(id);
  };
  workers.on("message", (worker, message) => {
    if (isGone(worker) || !isMessage(message, "samples") || !isSamples(message.samples, catalog)) return;
    sum.report(worker.id, message.samples);
    reporting.add(worker.id);
    if (message.round !== undefined) rounds.answered(worker.id, message.round);
    if (message.isLast === true) asksNoMore(worker);
  });
  const bury = (worker: PoolWorker): void => {
    asksNoMore(worker);
    if (isGone(worker)) sum.bury(worker.id);
  };
  workers.on("exit", bury);
  workers.on("disconnect", bury);
  exposeMetrics(catalog, registry, async (): Promise<Samples> => {
    await rounds.next(reporting);
    return sum.samples();
  });
}

/** What it said last may come after the news of its death; when its channel is closed, too, everything has come. */
function isGone(worker: PoolWorker): boolean {
  return worker.isDead() && !worker.isConnected();
}
