import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { DashboardSpec } from "./dashboard.ts";
import { arriving } from "./messages/arriving.ts";
import { latency } from "./messages/latency.ts";
import { messagesNow } from "./messages/now.ts";
import { ON_THE_SERVER } from "./messages/on-the-server.ts";
import { thrownAway } from "./messages/thrown-away.ts";

/** Do messages arrive, once and in time? */
export function messages(catalog: Catalog): DashboardSpec {
  return {
    uid: "sockscope-messages",
    title: "Sockscope / Messages",
    description: "Do messages arrive, once and in time?",
    variables: [...catalog.environmentLabels, "app"],
    sections: [
      { panels: messagesNow(catalog) },
      { heading: { id: 100, title: "Are they in time?" }, panels: latency(catalog) },
      { heading: { id: 101, title: "Do they arrive?" }, panels: arriving(catalog) },
      { heading: { id: 102, title: "What is thrown away?" }, panels: thrownAway(catalog) },
      { heading: { id: 103, title: "Is it the server?" }, panels: ON_THE_SERVER },
    ],
  };
}

/** That of the product's own catalog. */
export const MESSAGES: DashboardSpec = messages(DEFAULT_CATALOG);
