import type { Catalog } from "@sockscope/catalog";
import { wireName } from "@sockscope/catalog/protocol";
import type { ClientDeclaration } from "../registry/declared-families.ts";
import type { Registry } from "../registry/registry.ts";
import { type ReportedFamily, reportedFamily } from "./reported-family.ts";
import { possibleSeries, type ReportedSeries } from "./reported-series.ts";

/** What browsers may report. */
export interface ReportedFamilies {
  /** By the metric's name on the wire. */
  readonly families: ReadonlyMap<string, ReportedFamily>;
  /** Every one that there can be, by the text that names it on the wire: the usual way of a line is one look into it. */
  readonly series: ReadonlyMap<string, ReportedSeries>;
}

/**
 * What browsers may report. What the collector counts itself is not among it; asked for that, it does not know it.
 *
 * @param declarations the client metrics of the registry
 * @param closeCodeLabel the label of a close code
 * @throws TypeError when an older layout neither nests in the newest nor stays one of its own: a fault of the catalog's
 */
export function reportedFamilies(
  registry: Registry,
  declarations: readonly ClientDeclaration[],
  closeCodeLabel: Catalog["closeCodeLabel"],
): ReportedFamilies {
  const families = declarations
    .filter(({ countedByCollector }) => countedByCollector !== true)
    .map((declaration) => reportedFamily(registry, declaration, closeCodeLabel));
  return {
    families: new Map(families.map((reported) => [wireName(reported.family.metric.name), reported])),
    series: new Map(families.flatMap(possibleSeries)),
  };
}
