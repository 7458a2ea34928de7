import type { Catalog } from "@sockscope/catalog";
import { type Expression, firstName } from "@sockscope/promql";
import { recordingGroups } from "@sockscope/slo";

/** What sees the events that an alert counts: browsers, or chat servers. */
export type Side = "client" | "server";

/** What a classic histogram adds to its name. */
const SUFFIX = /_(?:bucket|sum|count)$/;

type Recorded = ReadonlyMap<string, Expression>;

/** By catalog, since every pair of alerts asks. */
const recordedBy = new WeakMap<Catalog, Recorded>();

function recordedIn(catalog: Catalog): Recorded {
  const known = recordedBy.get(catalog);
  if (known !== undefined) return known;
  const rules = recordingGroups(catalog).flatMap((group) => group.rules);
  const recorded: Recorded = new Map(rules.map(({ record, expression }) => [record, expression]));
  recordedBy.set(catalog, recorded);
  return recorded;
}

/** Who sees what is in the numerator of an alert; undefined where neither does, as of what Prometheus or the collector says. */
export function sideOf({ node }: Expression, catalog: Catalog): Side | undefined {
  const read = firstName(node) ?? "";
  const recording = recordedIn(catalog).get(read);
  if (recording !== undefined) return sideOf(recording, catalog);
  const isOf = ({ metric }: Catalog["clientMetrics"][number]): boolean =>
    metric.name === read || metric.name === read.replace(SUFFIX, "");
  if (catalog.clientMetrics.some(isOf)) return "client";
  return catalog.serverMetrics.some(isOf) ? "server" : undefined;
}
