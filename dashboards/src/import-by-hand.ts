import type { Dashboard, DatasourceVariableBuilder } from "@grafana/grafana-foundation-sdk/dashboard";

/** Grafana asks whoever imports the file by hand for it, and writes the answer wherever the name stands. */
const INPUT = "DS_PROMETHEUS";

/** The oldest Grafana whose panels have everything that ours use. */
const OLDEST_GRAFANA = "10.0.0";

/** What is said of a dashboard to whoever imports it, as Grafana's own export for sharing says it. */
export interface ImportedDashboard extends Dashboard {
  readonly __inputs: readonly object[];
  readonly __requires: readonly object[];
}

type Variable = ReturnType<DatasourceVariableBuilder["build"]>;

/** The data source that was asked for is the chosen one, and another can be chosen in the dashboard as ever. */
function chosen(variable: Variable): Variable {
  const input = `\${${INPUT}}`;
  return variable.type === "datasource"
    ? { ...variable, current: { selected: true, text: input, value: input } }
    : variable;
}

function panelTypes({ panels = [] }: Dashboard): string[] {
  return [...new Set(panels.map(({ type }) => type))].filter((type) => type !== "row").sort();
}

/**
 * A dashboard for "Import" in Grafana's menu, which asks for the data source. Not for provisioning: there, nobody is asked.
 *
 * See {@link https://grafana.com/docs/grafana/latest/dashboards/share-dashboards-panels/#export-dashboards}.
 */
export function forImportByHand(dashboard: Dashboard): ImportedDashboard {
  const source = { id: "prometheus", name: "Prometheus" };
  return {
    __inputs: [
      {
        name: INPUT,
        label: "Prometheus",
        description: "Which Prometheus scrapes the collectors and the chat servers.",
        type: "datasource",
        pluginId: source.id,
        pluginName: source.name,
      },
    ],
    __requires: [
      { type: "grafana", id: "grafana", name: "Grafana", version: OLDEST_GRAFANA },
      { type: "datasource", ...source, version: "1.0.0" },
      ...panelTypes(dashboard).map((id) => ({ type: "panel", id, name: id, version: "" })),
    ],
    ...dashboard,
    templating: { list: dashboard.templating?.list?.map(chosen) ?? [] },
  };
}
