import { type DashboardLinks, EXAMPLE_DASHBOARD_LINKS } from "@sockscope/dashboards";
import type { Alert } from "./symptoms/alert.ts";

/** Where an alert leads: addresses without a slash at their end. */
export interface Links extends DashboardLinks {
  /** The Grafana that the dashboards were imported into. */
  readonly grafana: string;
}

/** Addresses that lead nowhere, for what this repository holds: it is no deployment. */
export const EXAMPLE_LINKS: Links = {
  ...EXAMPLE_DASHBOARD_LINKS,
  grafana: "https://grafana.example",
};

/** The file of an alert's runbook. */
export function runbookFile({ name }: Pick<Alert, "name">): string {
  return `${name}.md`;
}

/** The runbook of an alert. */
export function runbookUrl(alert: Pick<Alert, "name">, { runbooks }: Links): string {
  return `${runbooks}/${runbookFile(alert)}`;
}

/** The panel that an alert is about, alone on the screen, for every app. */
export function panelUrl({ panel }: Pick<Alert, "panel">, { grafana }: Links): string {
  return `${grafana}/d/${panel.dashboard.uid}?viewPanel=${panel.panel.id}`;
}

/** The same for the app and the environment that the alert fires for, as a template of Prometheus'. */
export function panelUrlOfApp({ panel, expression }: Alert, links: Links): string {
  const { variables } = panel.dashboard;
  const chosen = variables.filter((label) => expression.labels.includes(label));
  return panelUrl({ panel }, links) + chosen.map((label) => `&var-${label}={{ $labels.${label} }}`).join("");
}
