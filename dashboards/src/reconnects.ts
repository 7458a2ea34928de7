import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { DashboardSpec } from "./dashboard.ts";
import { clients } from "./reconnects/clients.ts";
import { comingBack } from "./reconnects/coming-back.ts";
import { reconnectsNow } from "./reconnects/now.ts";
import { storm } from "./reconnects/storm.ts";

/** Are connections being cut, and do users come back? */
export function reconnects(catalog: Catalog): DashboardSpec {
  return {
    uid: "sockscope-reconnects",
    title: "Sockscope / Reconnects",
    description: "Are connections being cut, and do users come back?",
    variables: [...catalog.environmentLabels, "app"],
    sections: [
      { panels: reconnectsNow(catalog) },
      { heading: { id: 100, title: "Is it a storm?" }, panels: storm(catalog) },
      { heading: { id: 101, title: "Do users come back?" }, panels: comingBack(catalog) },
      { heading: { id: 102, title: "What do clients do?" }, panels: clients(catalog) },
    ],
  };
}

/** That of the product's own catalog. */
export const RECONNECTS: DashboardSpec = reconnects(DEFAULT_CATALOG);
