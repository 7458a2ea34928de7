import type { VariableRefresh, VariableSort } from "@grafana/data";
import {
  ConstantVariable,
  CustomVariable,
  DataSourceVariable,
  IntervalVariable,
  QueryVariable,
  type SceneVariable,
  SceneVariableSet,
  TextBoxVariable,
} from "@grafana/scenes";
import { DATA_SOURCE } from "../prometheus/data-source.ts";
import type { VariableJson } from "./dashboard-json.ts";

const HIDDEN = 2;
const ON_TIME_RANGE_CHANGE = 2;

function queryText({ query = "" }: VariableJson): string {
  return typeof query === "string" ? query : query.query;
}

/** There is one Prometheus, whatever a dashboard was saved with. */
function dataSourceVariable(name: string): SceneVariable {
  return new DataSourceVariable({
    name,
    pluginId: DATA_SOURCE.type,
    value: DATA_SOURCE.uid,
    text: "Prometheus",
    hide: HIDDEN,
    skipUrlSync: true,
  });
}

/** A variable of a dashboard; undefined when the preview does not know its type. */
function variableOf(json: VariableJson): SceneVariable | undefined {
  const { name, current } = json;
  const value = current?.value ?? "";
  const common = {
    name,
    ...(json.label === undefined ? {} : { label: json.label }),
    ...(json.description === undefined ? {} : { description: json.description }),
    ...(json.hide === undefined ? {} : { hide: json.hide }),
    ...(json.skipUrlSync === undefined ? {} : { skipUrlSync: json.skipUrlSync }),
  };
  const several = {
    isMulti: json.multi ?? false,
    includeAll: json.includeAll ?? false,
    ...(json.allValue ? { allValue: json.allValue } : {}),
    value,
    text: current?.text ?? value,
  };
  switch (json.type) {
    case "datasource":
      return dataSourceVariable(name);
    case "constant":
      // Grafana never shows one.
      return new ConstantVariable({
        ...common,
        hide: HIDDEN,
        skipUrlSync: true,
        value: queryText(json) || value,
      });
    case "custom":
      return new CustomVariable({ ...common, ...several, query: queryText(json) });
    case "interval":
      return new IntervalVariable({
        ...common,
        value: String(value),
        intervals: queryText(json)
          .split(",")
          .map((interval) => interval.trim()),
      });
    case "textbox":
      return new TextBoxVariable({ ...common, value: String(value || queryText(json)) });
    case "query":
      return new QueryVariable({
        ...common,
        ...several,
        datasource: DATA_SOURCE,
        query: { query: queryText(json), refId: name },
        regex: json.regex ?? "",
        refresh: (json.refresh || ON_TIME_RANGE_CHANGE) as VariableRefresh,
        sort: (json.sort ?? 0) as VariableSort,
      });
    default:
      console.warn(`The preview does not know variables of type "${json.type}": "${name}" is left out.`);
      return undefined;
  }
}

/** The variables of a dashboard. */
export function variablesOf(list: readonly VariableJson[]): SceneVariableSet {
  const variables = list.map(variableOf).filter((variable) => variable !== undefined);
  return new SceneVariableSet({ variables });
}
