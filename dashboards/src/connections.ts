import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { ends } from "./connections/ends.ts";
import { FRAMES } from "./connections/frames.ts";
import { now } from "./connections/now.ts";
import { OPENING } from "./connections/opening.ts";
import { releases } from "./connections/releases.ts";
import { SESSIONS } from "./connections/sessions.ts";
import type { DashboardSpec } from "./dashboard.ts";

/** Are users connected, and if not, how do their connections end? */
export function connections(catalog: Catalog): DashboardSpec {
  return {
    uid: "sockscope-connections",
    title: "Sockscope / Connections",
    description: "Are users connected, and if not, how do their connections end?",
    variables: [...catalog.environmentLabels, "app"],
    panels: [...now(catalog), ...ends(catalog), ...OPENING, ...SESSIONS, ...FRAMES, ...releases(catalog)],
  };
}

/** That of the product's own catalog. */
export const CONNECTIONS: DashboardSpec = connections(DEFAULT_CATALOG);
