import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  type Panel,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { SESSIONS_ACTIVE } from "@sockscope/catalog";
import { placeInRows } from "./grid.ts";
import { DATASOURCE, type PanelSpec } from "./panel.ts";

/** What one of our dashboards says; everything that all of them share is added by {@link buildDashboard}. */
export interface DashboardSpec {
  /** Part of every link to the dashboard: never changes. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Labels that its reader chooses by, each with a variable of its name. */
  readonly variables: readonly string[];
  /** In reading order; they flow into rows by their width. */
  readonly panels: readonly PanelSpec[];
}

function assertUniquePanelIds(spec: DashboardSpec): void {
  const seen = new Map<number, string>();
  for (const { id, title } of spec.panels) {
    const other = seen.get(id);
    if (other !== undefined) {
      throw new Error(
        `Dashboard ${spec.uid}: panels "${other}" and "${title}" share the id ${id}. Give one a new id.`,
      );
    }
    seen.set(id, title);
  }
}

/** JSON has no comments, and a description is shown to whoever wants to edit. */
const GENERATED_NOTICE = "Generated. Change the source or the configuration, not this dashboard.";

const dataSourceVariable = new DatasourceVariableBuilder("datasource")
  .label("Data source")
  .type("prometheus");

function labelVariable(label: string): QueryVariableBuilder {
  const query = `label_values(${SESSIONS_ACTIVE.name}, ${label})`;
  return new QueryVariableBuilder(label)
    .label(label.charAt(0).toUpperCase() + label.slice(1))
    .datasource(DATASOURCE)
    .query({ query, refId: label })
    .definition(query)
    .refresh(VariableRefresh.OnDashboardLoad)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(label === "app" ? ".+" : ".*")
    .current({ text: "All", value: "$__all", selected: true });
}

/**
 * The classic dashboard JSON, which every Grafana imports and provisions: no `id`, a stable `uid`, a data source that is
 * chosen in the dashboard, and panel ids and refIds that survive edits.
 */
export function buildDashboard(spec: DashboardSpec): Dashboard {
  assertUniquePanelIds(spec);
  const builder = new DashboardBuilder(spec.title)
    .id(null)
    .uid(spec.uid)
    .description(`${spec.description} ${GENERATED_NOTICE}`)
    .tags(["sockscope"])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: "now-1h", to: "now" })
    .refresh("30s")
    .withVariable(dataSourceVariable);
  for (const label of spec.variables) builder.withVariable(labelVariable(label));
  // What is chosen by the app is a matter of each panel: some are about servers, or about all.
  const environmentLabels = spec.variables.filter((label) => label !== "app");
  const panels: Panel[] = spec.panels.map((panel) => panel.build(environmentLabels));
  return { ...builder.build(), panels: placeInRows(panels, spec.panels) };
}
