import {
  type Catalog,
  COLLECTOR_SEQUENCE_GAPS,
  COLLECTOR_SERIES,
  COLLECTOR_SESSIONS,
  COLLECTOR_SESSIONS_ENDED,
  RELEASE,
  SESSIONS_ACTIVE,
  SESSIONS_STARTED,
} from "@sockscope/catalog";
import { Exposition } from "./expose/exposition.ts";
import { type ReportedFamilies, reportedFamilies } from "./ingest/reported-families.ts";
import { clientFamilies, declaredFamilies } from "./registry/declared-families.ts";
import { OwnCounters } from "./registry/own-counters.ts";
import { Registry } from "./registry/registry.ts";
import type { KeptReleases } from "./releases/kept-releases.ts";
import type { SessionTable } from "./sessions/session-table.ts";

/** Every series of some apps and releases, and the ways in and out. Another release makes other series. */
export interface CollectorSeries {
  readonly releases: KeptReleases;
  readonly registry: Registry;
  /** The part of the registry that browsers add to. */
  readonly reported: ReportedFamilies;
  readonly counters: OwnCounters;
  readonly exposition: Exposition;
  /** Brings what is read rather than counted up to date. Call it before every scrape. */
  readonly sample: (sessions: SessionTable) => void;
}

/**
 * Makes the series, at zero.
 *
 * @param apps by position
 * @param before series of the same catalog, whose values are taken over as far as they are among these
 */
export function createCollectorSeries(
  catalog: Catalog,
  apps: readonly string[],
  releases: KeptReleases,
  before?: CollectorSeries,
): CollectorSeries {
  const registry = new Registry(before?.registry ?? declaredFamilies(catalog), {
    configured: { app: apps, release: releases.names },
  });
  return {
    releases,
    registry,
    reported: reportedFamilies(registry, clientFamilies(catalog), catalog.closeCodeLabel),
    counters: new OwnCounters(registry),
    exposition: new Exposition(registry, before?.exposition),
    sample: sampler(registry, apps, catalog.hasReleases ? releases : undefined),
  };
}

function sampler(
  registry: Registry,
  apps: readonly string[],
  releases: KeptReleases | undefined,
): (sessions: SessionTable) => void {
  const samples = apps.map((app, position) => appSampler(registry, app, position, releases));
  const remembered = registry.slotOf(COLLECTOR_SESSIONS);
  registry.set(registry.slotOf(COLLECTOR_SERIES), registry.series);
  return (sessions) => {
    sessions.settle();
    for (const sample of samples) sample(sessions);
    registry.set(remembered, sessions.size);
  };
}

function appSampler(
  registry: Registry,
  app: string,
  position: number,
  releases: KeptReleases | undefined,
): (sessions: SessionTable) => void {
  const left = registry.slotOf(COLLECTOR_SESSIONS_ENDED, { app, how: "left" });
  const vanished = registry.slotOf(COLLECTOR_SESSIONS_ENDED, { app, how: "vanished" });
  const gaps = registry.slotOf(COLLECTOR_SEQUENCE_GAPS, { app });
  const ofPages = labelsOfPages(app, releases).map((labels, release) => ({
    source: { app: position, release },
    started: registry.slotOf(SESSIONS_STARTED, labels),
    active: registry.slotOf(SESSIONS_ACTIVE, labels),
  }));
  return (sessions) => {
    const all = sessions.countsOfApp(position);
    registry.set(left, all.left);
    registry.set(vanished, all.vanished);
    registry.set(gaps, all.sequenceGaps);
    for (const { source, started, active } of ofPages) {
      const counts = sessions.countsOf(source);
      registry.set(started, counts.started);
      registry.set(active, counts.active);
    }
  };
}

/** What says of which pages a series is, by the position of the release. */
function labelsOfPages(app: string, releases: KeptReleases | undefined): Readonly<Record<string, string>>[] {
  if (releases === undefined) return [{ app }];
  return [...releases.names, RELEASE.other].map((release) => ({ app, release }));
}
