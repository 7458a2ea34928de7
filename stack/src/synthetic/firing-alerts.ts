import { alerts as alertsOf } from "@sockscope/alerts";
import type { Catalog, LabelSet } from "@sockscope/catalog";
import type { SyntheticSeries } from "./series.ts";

/** What the labels of an alert's series may be. */
export interface FiringAlerts {
  readonly catalog: Catalog;
  readonly apps: readonly string[];
  /** Default: one environment, without labels. */
  readonly environments?: readonly LabelSet[];
  /** Since when they fire, in seconds since 1970. */
  readonly since: number;
}

function valuesOf(label: string, { apps, catalog }: FiringAlerts): readonly string[] {
  if (label === "app") return apps;
  if (label === "job") return [catalog.jobs.servers];
  return [`some ${label}`];
}

function combinations(labels: readonly string[], alerts: FiringAlerts): LabelSet[] {
  return labels.reduce<LabelSet[]>(
    (sets, label) =>
      sets.flatMap((set) => valuesOf(label, alerts).map((value) => ({ ...set, [label]: value }))),
    [{}],
  );
}

/** Prometheus' own two series of every alert that there is, of each app and in each environment as far as it is of one, as if all of them fired. */
export function firingAlerts(alerts: FiringAlerts): readonly SyntheticSeries[] {
  const { catalog, environments = [{}], since } = alerts;
  return alertsOf(catalog).flatMap(({ name, severity, labels, expression }) => {
    const kept = expression.labels.filter((label) => !catalog.environmentLabels.includes(label));
    const own = { alertname: name, severity, ...labels };
    const isOfOne = catalog.environmentLabels.some((label) => expression.labels.includes(label));
    return (isOfOne ? environments : [{}]).flatMap((environment) =>
      combinations(kept, alerts).flatMap((ofSeries) => {
        const all = { ...own, ...ofSeries, ...environment };
        return [
          { name: "ALERTS", labels: { ...all, alertstate: "firing" }, phase: 0, at: () => 1 },
          { name: "ALERTS_FOR_STATE", labels: all, phase: 0, at: () => since },
        ];
      }),
    );
  });
}
