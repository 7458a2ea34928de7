import {
  COLLECTOR_SEQUENCE_GAPS,
  COLLECTOR_SERIES,
  COLLECTOR_SESSIONS,
  COLLECTOR_SESSIONS_ENDED,
  DEFAULT_CATALOG,
  SESSIONS_ACTIVE,
  SESSIONS_STARTED,
} from "@sockscope/catalog";
import { type CollectorOptions, DEFAULT_MAX_SESSIONS } from "./collector-options.ts";
import { harmless } from "./harmless.ts";
import { type ReportedFamilies, reportedFamilies } from "./ingest/reported-families.ts";
import { RefusalLog } from "./refusals/refusal-log.ts";
import { clientFamilies, declaredFamilies } from "./registry/declared-families.ts";
import { OwnCounters } from "./registry/own-counters.ts";
import { Registry } from "./registry/registry.ts";
import type { SessionCounts } from "./sessions/session-counts.ts";
import { SessionTable } from "./sessions/session-table.ts";
import { writeJsonLine } from "./write-json-line.ts";

/** Everything that a collector remembers. */
export interface CollectorState {
  /** The names of the configured apps, by position. */
  readonly apps: readonly string[];
  /** When it began to, in ms since the epoch. */
  readonly since: number;
  readonly registry: Registry;
  /** The part of the registry that browsers add to. */
  readonly reported: ReportedFamilies;
  readonly sessions: SessionTable;
  readonly counters: OwnCounters;
  readonly refusals: RefusalLog;
  /** Brings what is read rather than counted up to date. Call it before every scrape. */
  readonly sample: () => void;
}

/** The state of a collector that has not yet received anything. */
export function createCollectorState({
  apps: configured,
  catalog = DEFAULT_CATALOG,
  maxSessions = DEFAULT_MAX_SESSIONS,
  clock = () => performance.now(),
  wallClock = Date.now,
  onRefused = writeJsonLine,
}: CollectorOptions): CollectorState {
  const apps = configured.map(({ name }) => name);
  const registry = new Registry(declaredFamilies(catalog), { configured: { app: apps } });
  const sessions = new SessionTable({ apps: apps.length, maxSessions, clock });
  return {
    apps,
    since: wallClock(),
    registry,
    reported: reportedFamilies(registry, clientFamilies(catalog)),
    sessions,
    counters: new OwnCounters(registry),
    refusals: new RefusalLog({ onRefused: harmless(onRefused), clock, wallClock }),
    sample: sampler(registry, sessions, apps),
  };
}

function sampler(registry: Registry, sessions: SessionTable, apps: readonly string[]): () => void {
  const samples = apps.map((app) => appSampler(registry, app));
  const remembered = registry.slotOf(COLLECTOR_SESSIONS);
  registry.set(registry.slotOf(COLLECTOR_SERIES), registry.series);
  return () => {
    sessions.settle();
    for (const [position, sample] of samples.entries()) sample(sessions.countsOf(position));
    registry.set(remembered, sessions.size);
  };
}

function appSampler(registry: Registry, app: string): (counts: Readonly<SessionCounts>) => void {
  const started = registry.slotOf(SESSIONS_STARTED, { app });
  const active = registry.slotOf(SESSIONS_ACTIVE, { app });
  const left = registry.slotOf(COLLECTOR_SESSIONS_ENDED, { app, how: "left" });
  const vanished = registry.slotOf(COLLECTOR_SESSIONS_ENDED, { app, how: "vanished" });
  const gaps = registry.slotOf(COLLECTOR_SEQUENCE_GAPS, { app });
  return (counts) => {
    registry.set(started, counts.started);
    registry.set(active, counts.active);
    registry.set(left, counts.left);
    registry.set(vanished, counts.vanished);
    registry.set(gaps, counts.sequenceGaps);
  };
}
