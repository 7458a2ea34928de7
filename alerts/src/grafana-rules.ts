import { rangeSeconds } from "@sockscope/promql";
import { stringify } from "yaml";
import { howFarBack } from "./how-far-back.ts";
import type { Links } from "./links.ts";
import { ALERT_GROUP, annotations, GENERATED_NOTICE } from "./rules.ts";
import type { Alert } from "./symptoms/alert.ts";

/** The data source that Grafana is provisioned with. */
export const GRAFANA_DATA_SOURCE_UID = "sockscope-prometheus";

/** Grafana's own, which computes with the results of others. */
const EXPRESSION_UID = "__expr__";

const QUERY = "A";
const CONDITION = "B";

/** What tells a rule from every other; Grafana makes it the label `alertname`. */
export function titleOf({ name, severity, labels = {} }: Alert): string {
  return [name, severity, ...Object.values(labels)].join("-");
}

/** Prometheus has one value, Grafana one of every query. */
function inGrafana(template: string): string {
  return template.replaceAll("$value", `$values.${QUERY}.Value`);
}

function queries({ expression }: Alert): readonly object[] {
  const relativeTimeRange = { from: rangeSeconds(howFarBack(expression)), to: 0 };
  return [
    {
      refId: QUERY,
      relativeTimeRange,
      datasourceUid: GRAFANA_DATA_SOURCE_UID,
      model: { refId: QUERY, expr: expression.promql, instant: true, range: false },
    },
    {
      refId: CONDITION,
      relativeTimeRange,
      datasourceUid: EXPRESSION_UID,
      // That there is a value fires; Grafana alone would take a value of zero for well.
      model: { refId: CONDITION, type: "math", expression: `is_number($${QUERY})` },
    },
  ];
}

function grafanaRule(alert: Alert, links: Links): object {
  const { severity, labels, holds, keepFiringFor } = alert;
  const { __dashboardUid__, __panelId__, ...texts } = annotations(alert, links);
  return {
    uid: titleOf(alert),
    title: titleOf(alert),
    condition: CONDITION,
    data: queries(alert),
    dashboardUid: __dashboardUid__,
    panelId: Number(__panelId__),
    // A condition that does not hold has no data.
    noDataState: "OK",
    execErrState: "Error",
    for: holds ?? "0s",
    ...(keepFiringFor === undefined ? {} : { keepFiringFor }),
    annotations: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, inGrafana(text)])),
    labels: { severity, ...labels },
    isPaused: false,
  };
}

/**
 * The alerts as Grafana provisions and evaluates them itself; what is recorded stays with Prometheus.
 *
 * See {@link https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/}.
 */
export function grafanaRuleFile(alerts: readonly Alert[], links: Links): string {
  const group = {
    orgId: 1,
    name: ALERT_GROUP,
    folder: "Sockscope",
    interval: "1m",
    rules: alerts.map((alert) => grafanaRule(alert, links)),
  };
  return GENERATED_NOTICE + stringify({ apiVersion: 1, groups: [group] }, { lineWidth: 0 });
}
