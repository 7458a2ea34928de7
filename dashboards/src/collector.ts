import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { ITSELF, scraped } from "./collector/itself.ts";
import { missing } from "./collector/missing.ts";
import { collectorNow } from "./collector/now.ts";
import { refused } from "./collector/refused.ts";
import type { DashboardSpec } from "./dashboard.ts";

/** How much am I missing? */
export function collector(catalog: Catalog): DashboardSpec {
  return {
    uid: "sockscope-collector",
    title: "Sockscope / Collector",
    description: "How much am I missing?",
    variables: [...catalog.environmentLabels, "app"],
    sections: [
      { panels: collectorNow(catalog) },
      { heading: { id: 100, title: "What never comes?" }, panels: missing(catalog) },
      { heading: { id: 101, title: "What is refused?" }, panels: refused(catalog) },
      { heading: { id: 102, title: "Is everything scraped?" }, panels: scraped(catalog) },
      { heading: { id: 103, title: "Has the collector room?" }, panels: ITSELF },
    ],
  };
}

/** That of the product's own catalog. */
export const COLLECTOR: DashboardSpec = collector(DEFAULT_CATALOG);
