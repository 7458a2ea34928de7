import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { ends, endsByServer } from "./connections/ends.ts";
import { forbidden } from "./connections/forbidden.ts";
import { LASTING } from "./connections/lasting.ts";
import { CONNECTED, now } from "./connections/now.ts";
import { OPENING } from "./connections/opening.ts";
import type { DashboardSpec } from "./dashboard.ts";

/** Are users connected, and if not, how do their connections end? */
export function connections(catalog: Catalog): DashboardSpec {
  return {
    uid: "sockscope-connections",
    title: "Sockscope / Connections",
    description: "Are users connected, and if not, how do their connections end?",
    variables: [...catalog.environmentLabels, "app"],
    sections: [
      { panels: now(catalog) },
      { heading: { id: 100, title: "How do connections end?" }, panels: ends(catalog) },
      {
        heading: { id: 104, title: "Is it one server?" },
        panels: [...CONNECTED, ...endsByServer(catalog)],
      },
      { heading: { id: 101, title: "Can users connect?" }, panels: [...OPENING, ...forbidden(catalog)] },
      { heading: { id: 102, title: "How long do connections last?" }, panels: LASTING },
    ],
  };
}

/** That of the product's own catalog. */
export const CONNECTIONS: DashboardSpec = connections(DEFAULT_CATALOG);
