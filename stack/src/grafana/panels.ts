import type { Catalog } from "@sockscope/catalog";
import {
  buildDashboard,
  type DashboardSpec,
  dashboards,
  panelsOf,
  type Query,
  type Trait,
} from "@sockscope/dashboards";

type Dashboard = ReturnType<typeof buildDashboard>;
type AnyPanel = NonNullable<Dashboard["panels"]>[number];

/** A panel as Grafana gets it. */
export type BuiltPanel = Exclude<AnyPanel, { panels: unknown }>;

/** What a panel asks for, as Grafana gets it. */
export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  readonly instant?: boolean;
  readonly format?: string;
  readonly hide?: boolean;
  /** Its least step, in whole seconds: `75s`. */
  readonly interval?: string;
}

/** A panel of a dashboard: what it was declared as, and what Grafana gets. */
export interface DashboardPanel {
  readonly spec: DashboardSpec;
  readonly dashboard: Dashboard;
  readonly built: BuiltPanel;
  readonly targets: readonly Target[];
  readonly queries: readonly Query[];
  readonly emptyWhere: string | undefined;
  readonly traits: readonly Trait[];
  /** Dashboard and panel, for whoever has to mend one. */
  readonly title: string;
}

/** What a dashboard marks its graphs with. */
export interface DashboardAnnotation {
  readonly dashboard: Dashboard;
  readonly name: string;
  readonly expr: string;
  /** With `{{label}}`, as its text. */
  readonly titleFormat: string;
  readonly textFormat: string;
}

/** Every annotation of every dashboard, as Grafana gets it. */
export function dashboardAnnotations(catalog: Catalog): readonly DashboardAnnotation[] {
  return dashboards(catalog).flatMap((spec) => {
    const dashboard = buildDashboard(spec, catalog);
    const list = (dashboard.annotations?.list ?? []) as unknown as Omit<DashboardAnnotation, "dashboard">[];
    return list.map((annotation) => ({ ...annotation, dashboard }));
  });
}

/** Also of rows that are closed until somebody opens them. */
function builtPanels(panels: readonly AnyPanel[]): BuiltPanel[] {
  return panels.flatMap((panel): BuiltPanel[] => {
    if ("targets" in panel) return [panel as BuiltPanel];
    return "panels" in panel ? builtPanels((panel.panels ?? []) as AnyPanel[]) : [];
  });
}

/** Every panel of every dashboard that asks for something. */
export function dashboardPanels(
  catalog: Catalog,
  specs: readonly DashboardSpec[] = dashboards(catalog),
): readonly DashboardPanel[] {
  return specs.flatMap((spec) => {
    const dashboard = buildDashboard(spec, catalog);
    return builtPanels(dashboard.panels ?? []).map((built) => {
      const declared = panelsOf(spec).find(({ id }) => id === built.id);
      return {
        spec,
        dashboard,
        built,
        targets: (built.targets ?? []) as unknown as Target[],
        queries: declared?.queries ?? [],
        emptyWhere: declared?.emptyWhere,
        traits: declared?.traits ?? [],
        title: `${spec.title}, "${built.title}"`,
      };
    });
  });
}
