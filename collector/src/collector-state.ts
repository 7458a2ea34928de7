import {
  COLLECTOR_SEQUENCE_GAPS,
  COLLECTOR_SERIES,
  COLLECTOR_SESSIONS,
  SESSIONS_ACTIVE,
} from "@sockscope/catalog";
import { type CollectorOptions, DEFAULT_MAX_SESSIONS } from "./collector-options.ts";
import { type ReportedFamilies, reportedFamilies } from "./ingest/resolve-batch.ts";
import { declaredFamilies } from "./registry/declared-families.ts";
import { OwnCounters } from "./registry/own-counters.ts";
import { Registry } from "./registry/registry.ts";
import { SessionTable } from "./sessions/session-table.ts";

/** Everything that a collector remembers. */
export interface CollectorState {
  readonly registry: Registry;
  /** The part of the registry that browsers add to. */
  readonly reported: ReportedFamilies;
  readonly sessions: SessionTable;
  readonly counters: OwnCounters;
  /** Brings what is read rather than counted up to date. Call it before every scrape. */
  readonly sample: () => void;
}

/** The state of a collector that has not yet received anything. */
export function createCollectorState({
  apps,
  maxSessions = DEFAULT_MAX_SESSIONS,
  clock = () => performance.now(),
}: CollectorOptions): CollectorState {
  const names = apps.map(({ name }) => name);
  const registry = new Registry(declaredFamilies(names));
  const sessions = new SessionTable({ apps: apps.length, maxSessions, clock });
  return {
    registry,
    reported: reportedFamilies(registry.families),
    sessions,
    counters: new OwnCounters(registry),
    sample: sampler(registry, sessions, names),
  };
}

function sampler(registry: Registry, sessions: SessionTable, apps: readonly string[]): () => void {
  const active = apps.map((app) => registry.slotOf(SESSIONS_ACTIVE, { app }));
  const remembered = registry.slotOf(COLLECTOR_SESSIONS);
  const gaps = registry.slotOf(COLLECTOR_SEQUENCE_GAPS);
  registry.set(registry.slotOf(COLLECTOR_SERIES), registry.series);
  return () => {
    sessions.expire();
    for (const [app, count] of sessions.activeByApp().entries()) registry.set(active[app] ?? 0, count);
    registry.set(remembered, sessions.size);
    registry.set(gaps, sessions.sequenceGaps);
  };
}
