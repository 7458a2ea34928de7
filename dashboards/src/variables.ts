import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { SESSIONS_ACTIVE } from "@sockscope/catalog";
import { labelTitle } from "./label-title.ts";
import { DATASOURCE } from "./panels/panel.ts";

/** Which Prometheus everything is asked of. */
export function dataSourceVariable(): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder("datasource").label("Data source").type("prometheus");
}

/** Which values of a label the reader looks at: all of them, until some are chosen. */
export function labelVariable(label: string): QueryVariableBuilder {
  const query = `label_values(${SESSIONS_ACTIVE.name}, ${label})`;
  return new QueryVariableBuilder(label)
    .label(labelTitle(label))
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
