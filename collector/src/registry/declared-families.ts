import type { MetricAbout } from "@sockscope/catalog";
import type { FamilyDeclaration } from "./family.ts";

export { exposedMetrics as declaredFamilies, metricsOfPages as clientFamilies } from "@sockscope/catalog";

/** A client metric that gets a family, and how pages have to do with it. */
export type ClientDeclaration = FamilyDeclaration &
  Pick<MetricAbout, "countedByCollector" | "addsNoMeasurements">;
