import { createServer, type Server } from "node:http";
import { DEFAULT_CATALOG, DEFAULT_MAX_SESSIONS, mostSeries } from "@sockscope/catalog";
import { createAdminApp } from "./admin/admin-app.ts";
import type { Announcing } from "./admin/announce-release.ts";
import { type CollectorStatus, collectorStatus } from "./admin/collector-status.ts";
import { checkOptions } from "./check-options.ts";
import type { CollectorOptions } from "./collector-options.ts";
import { type CollectorState, createCollectorState } from "./collector-state.ts";
import { harmless } from "./harmless.ts";
import { ingestApps } from "./ingest/ingest-app.ts";
import { INGEST_LIMITS } from "./ingest/ingest-limits.ts";
import { IngestListener } from "./ingest/ingest-listener.ts";
import { listen, stopListening } from "./listener.ts";
import { writeJsonLine } from "./write-json-line.ts";

/** How long requests may go on after the drain, in which every batch had its time: for scrapes and half-sent headers. */
const CLOSE_GRACE_MS = 1000;

/** A running collector. */
export interface Collector {
  /** Base URL of the ingest listener, with the port that the system chose. */
  readonly ingestUrl: string;
  /** Base URL of the admin listener. */
  readonly adminUrl: string;
  /** How many series it exposes at start: no input can change it, only the announcement of a release. */
  readonly series: number;
  /** How many of them each app has. */
  readonly seriesPerApp: number;
  /** How many there are when as many releases are announced as are kept. */
  readonly mostSeries: number;
  /** Bytes of the series' values and prepared texts. */
  readonly seriesBytes: number;
  /** How many sessions it remembers at most. */
  readonly maxSessions: number;
  /** The most bytes that those sessions take. */
  readonly sessionBytes: number;
  /**
   * Refuses new batches as draining, lets the ones in flight finish, then closes both listeners. Takes a second or two
   * longer than a request may take. Calling it again returns the same promise.
   */
  readonly close: () => Promise<void>;
}

/**
 * Starts a collector: an ingest listener for browsers, and an admin listener for Prometheus.
 *
 * @throws CollectorOptionsError when an option cannot work
 * @throws CollectorListenError when an address cannot be listened on
 */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  checkOptions(options);
  const onFault = harmless(options.onFault ?? writeFault);
  const state = createCollectorState(options);
  const ingest = new IngestListener({ apps: ingestApps(options.apps), state, onFault });
  let closing: Promise<void> | undefined;
  const status = (): CollectorStatus => collectorStatus(state);
  const isDraining = (): boolean => closing !== undefined;
  const admin = createServer(
    createAdminApp({
      metrics: state.scrape,
      status,
      isDraining,
      onFault,
      announcing: announcing(state, options),
    }),
  );
  const [ingestUrl, adminUrl] = await listenOnBoth(ingest.server, admin, options);
  return {
    ingestUrl,
    adminUrl,
    ...footprint(state, options),
    close: () => {
      closing ??= drainAndClose(ingest, admin);
      return closing;
    },
  };
}

/** A collector that cannot be scraped must not accept anything either, so both listen or none. */
async function listenOnBoth(
  ingest: Server,
  admin: Server,
  options: CollectorOptions,
): Promise<readonly [ingestUrl: string, adminUrl: string]> {
  const adminUrl = await listen(admin, options.admin);
  try {
    return [await listen(ingest, options.listen), adminUrl];
  } catch (error) {
    await stopListening(admin, 0);
    throw error;
  }
}

function footprint(
  { apps, series: { registry, exposition }, sessions }: CollectorState,
  options: CollectorOptions,
): Pick<
  Collector,
  "series" | "seriesPerApp" | "mostSeries" | "seriesBytes" | "maxSessions" | "sessionBytes"
> {
  const { catalog = DEFAULT_CATALOG, maxSessions = DEFAULT_MAX_SESSIONS } = options;
  return {
    series: registry.series,
    // Every app has the same.
    seriesPerApp: registry.seriesOfApp(apps[0] ?? ""),
    mostSeries: mostSeries(catalog, apps),
    seriesBytes: registry.values.byteLength + exposition.bytes,
    maxSessions,
    sessionBytes: sessions.worstCaseBytes,
  };
}

/** Who may announce releases, and what then happens. */
function announcing(state: CollectorState, { announceToken }: CollectorOptions): Announcing {
  return {
    token: announceToken,
    announce: state.hasReleases ? state.announce : undefined,
    kept: () => state.series.releases.names,
  };
}

async function drainAndClose(ingest: IngestListener, admin: Server): Promise<void> {
  const cut = setTimeout(() => ingest.server.closeAllConnections(), INGEST_LIMITS.requestMs + CLOSE_GRACE_MS);
  await ingest.drain();
  clearTimeout(cut);
  await Promise.all([stopListening(ingest.server, CLOSE_GRACE_MS), stopListening(admin, CLOSE_GRACE_MS)]);
}

function writeFault(fault: unknown): void {
  const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  writeJsonLine({ event: "fault", fault: text });
}
