import type { Catalog } from "@sockscope/catalog";
import { dashboards, panelsOf } from "@sockscope/dashboards";
import type { AlertRule } from "./alert.ts";

type Panels = ReadonlyMap<string, AlertRule["panel"]>;

function panelsByTitle(catalog: Catalog): Panels {
  const panels = dashboards(catalog).flatMap((dashboard) =>
    panelsOf(dashboard).map((panel) => [panel.title, { dashboard, panel }] as const),
  );
  return new Map(panels);
}

/** Every alert of a catalog asks for a panel of the same dashboards. */
const PANELS = new WeakMap<Catalog, Panels>();

/**
 * The panel of this title, as an alert leads to it.
 *
 * @throws RangeError when no dashboard has it: a fault of the alert's
 */
export function panelOf(catalog: Catalog, title: string): AlertRule["panel"] {
  const panels = PANELS.get(catalog) ?? panelsByTitle(catalog);
  PANELS.set(catalog, panels);
  const panel = panels.get(title);
  if (panel === undefined) throw new RangeError(`no dashboard has a panel "${title}"`);
  return panel;
}
