import type { RefusalCode } from "@sockscope/catalog/protocol";
import type { CollectorState } from "../collector-state.ts";

/** What `/status` answers: what on-call wants to know before there is a query. */
export interface CollectorStatus {
  /** When the collector started; everything is counted from then on. Times are ISO 8601 in UTC. */
  readonly since: string;
  readonly series: number;
  /** Where releases are configured: which have series of their own, the newest last, and a page's last that has not. */
  readonly releases?: { readonly kept: readonly string[]; readonly last_unannounced?: string };
  readonly sessions: {
    /** Sessions in memory, those that have ended included. */
    readonly remembered: number;
    readonly active: Readonly<Record<string, number>>;
  };
  /** By app and code, as far as there were any. */
  readonly refused: readonly {
    readonly app: string;
    readonly code: RefusalCode;
    readonly count: number;
    readonly last_at: string;
    readonly last_message: string;
  }[];
}

/** The status at this moment. */
export function collectorStatus(state: CollectorState): CollectorStatus {
  const { since, sessions, refusals, apps } = state;
  sessions.settle();
  return {
    since: new Date(since).toISOString(),
    series: state.series.registry.series,
    ...(state.hasReleases ? { releases: releasesOf(state) } : {}),
    sessions: {
      remembered: sessions.size,
      active: Object.fromEntries(apps.map((app, position) => [app, sessions.countsOfApp(position).active])),
    },
    refused: refusals.records.map(({ app, code, count, lastAt, lastMessage }) => ({
      app,
      code,
      count,
      last_at: new Date(lastAt).toISOString(),
      last_message: lastMessage,
    })),
  };
}

function releasesOf({ series, lastUnannounced }: CollectorState): NonNullable<CollectorStatus["releases"]> {
  const kept = series.releases.names;
  return lastUnannounced === undefined ? { kept } : { kept, last_unannounced: lastUnannounced };
}
