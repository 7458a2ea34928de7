import { DEFAULT_CATALOG, DEFAULT_MAX_SESSIONS, isReleaseName } from "@sockscope/catalog";
import type { CollectorOptions } from "./collector-options.ts";
import { type CollectorSeries, createCollectorSeries } from "./collector-series.ts";
import { harmless } from "./harmless.ts";
import { RefusalLog } from "./refusals/refusal-log.ts";
import { KeptReleases } from "./releases/kept-releases.ts";
import { SessionTable } from "./sessions/session-table.ts";
import { writeJsonLine } from "./write-json-line.ts";

/** Everything that a collector remembers. */
export interface CollectorState {
  /** The names of the configured apps, by position. */
  readonly apps: readonly string[];
  /** When it began to, in ms since the epoch. */
  readonly since: number;
  /** Whether client metrics have the label `release`. */
  readonly hasReleases: boolean;
  /** As the releases are that are kept now: never keep it across a wait. */
  readonly series: CollectorSeries;
  readonly sessions: SessionTable;
  readonly refusals: RefusalLog;
  /** The last release of a page that was none of the kept. */
  readonly lastUnannounced: string | undefined;
  /** The exposition at this moment. */
  scrape(): Buffer;
  /**
   * Gives the pages of a release series of their own, at zero. The series of the one that it pushes out go: nothing of them
   * is added elsewhere, and what its pages report from now on counts as `other`.
   */
  announce(release: string): void;
  /** The position of a page's release. */
  positionOf(release: string | undefined): number;
}

/** The state of a collector that has not yet received anything. */
export function createCollectorState({
  apps: configured,
  catalog = DEFAULT_CATALOG,
  releases: announced = [],
  maxSessions = DEFAULT_MAX_SESSIONS,
  clock = () => performance.now(),
  wallClock = Date.now,
  onRefused = writeJsonLine,
}: CollectorOptions): CollectorState {
  const apps = configured.map(({ name }) => name);
  const atStart = new KeptReleases(announced);
  const sessions = new SessionTable({ apps: apps.length, releases: atStart.positions, maxSessions, clock });
  let series = createCollectorSeries(catalog, apps, atStart);
  let lastUnannounced: string | undefined;
  return {
    apps,
    since: wallClock(),
    hasReleases: catalog.hasReleases,
    sessions,
    refusals: new RefusalLog({ onRefused: harmless(onRefused), clock, wallClock }),
    get series() {
      return series;
    },
    get lastUnannounced() {
      return lastUnannounced;
    },
    scrape() {
      series.sample(sessions);
      return series.exposition.render();
    },
    announce(release) {
      const releases = series.releases.with(release);
      const next = createCollectorSeries(catalog, apps, releases, series);
      // Nothing below can fail, so the series and the sessions agree.
      sessions.moveReleases(series.releases.positionsIn(releases), releases.positions);
      series = next;
    },
    positionOf(release) {
      if (isReleaseName(release) && !series.releases.has(release)) lastUnannounced = release;
      return series.releases.positionOf(release);
    },
  };
}
