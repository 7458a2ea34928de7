import type { Alert } from "./alert.ts";

/** Where the pages of `runbooks/pages/` are published. */
const RUNBOOKS_URL = "https://sockscope.example/runbooks";

/** The Grafana that the dashboards were imported into. */
const GRAFANA_URL = "https://grafana.example";

/** The runbook of an alert. */
export function runbookUrl(alert: Pick<Alert, "name">): string {
  return `${RUNBOOKS_URL}/${alert.name}.md`;
}

/** The panel that an alert is about, alone on the screen. */
export function panelUrl({ panel }: Pick<Alert, "panel">): string {
  return `${GRAFANA_URL}/d/${panel.dashboard.uid}?viewPanel=${panel.panel.id}`;
}
