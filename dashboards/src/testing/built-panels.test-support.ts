import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { buildDashboard } from "../dashboard.ts";
import { dashboards } from "../index.ts";

type AnyPanel = NonNullable<ReturnType<typeof buildDashboard>["panels"]>[number];

/** A panel as Grafana gets it. */
export type BuiltPanel = Exclude<AnyPanel, { panels: unknown }>;

/** The panels of every dashboard as Grafana gets them, without the headings. */
export function builtPanels(catalog: Catalog = DEFAULT_CATALOG): BuiltPanel[] {
  return dashboards(catalog).flatMap((spec) =>
    (buildDashboard(spec, catalog).panels ?? []).filter((built): built is BuiltPanel => "targets" in built),
  );
}
