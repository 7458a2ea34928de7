/*
 * What Grafana's documentation says of its provisioning files, as JSON Schema: Grafana publishes none. What is not listed here,
 * Grafana would leave out without a word.
 *
 * See https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources and #dashboards.
 */

const STRING = { type: "string", minLength: 1 };
const BOOLEAN = { type: "boolean" };
const COUNT = { type: "integer", minimum: 0 };
/** A duration of Grafana's: a number and its unit. */
const DURATION = { type: "string", pattern: "^\\d+(?:ms|s|m|h|d)$" };

function closed(required: readonly string[], properties: object): object {
  return { type: "object", additionalProperties: false, required, properties };
}

/** Of `jsonData`, what the data source Prometheus documents and we may come to use. */
const PROMETHEUS = closed([], {
  httpMethod: { enum: ["GET", "POST"] },
  timeInterval: DURATION,
  queryTimeout: DURATION,
  manageAlerts: BOOLEAN,
  customQueryParameters: STRING,
  prometheusType: { enum: ["Prometheus", "Mimir", "Thanos", "Cortex"] },
  prometheusVersion: STRING,
});

const DATA_SOURCE = closed(["name", "type", "access"], {
  name: STRING,
  type: { const: "prometheus" },
  access: { enum: ["proxy", "direct"] },
  orgId: COUNT,
  // No longer than forty characters, or Grafana refuses it.
  uid: { type: "string", pattern: "^[a-zA-Z0-9_-]{1,40}$" },
  url: { type: "string", pattern: "^https?://" },
  isDefault: BOOLEAN,
  editable: BOOLEAN,
  version: COUNT,
  jsonData: PROMETHEUS,
});

/** A file in `provisioning/datasources/`. */
export const DATA_SOURCES: object = closed(["apiVersion", "datasources"], {
  apiVersion: { const: 1 },
  prune: BOOLEAN,
  deleteDatasources: { type: "array", items: closed(["name"], { name: STRING, orgId: COUNT }) },
  datasources: { type: "array", minItems: 1, items: DATA_SOURCE },
});

const PROVIDER = closed(["name", "type", "options"], {
  name: STRING,
  orgId: COUNT,
  type: { const: "file" },
  folder: { type: "string" },
  folderUid: { type: "string", pattern: "^[a-zA-Z0-9_-]{0,40}$" },
  disableDeletion: BOOLEAN,
  updateIntervalSeconds: { type: "integer", minimum: 1 },
  allowUiUpdates: BOOLEAN,
  options: closed(["path"], {
    path: { type: "string", pattern: "^/" },
    foldersFromFilesStructure: BOOLEAN,
  }),
});

/** A file in `provisioning/dashboards/`. */
export const DASHBOARD_PROVIDERS: object = closed(["apiVersion", "providers"], {
  apiVersion: { const: 1 },
  providers: { type: "array", minItems: 1, items: PROVIDER },
});
