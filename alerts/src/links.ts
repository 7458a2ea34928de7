import type { Alert } from "./symptoms/alert.ts";

/** Where the pages of `runbooks/pages/` are published. Set SOCKSCOPE_RUNBOOKS_URL when generating. */
const RUNBOOKS_URL: string = process.env["SOCKSCOPE_RUNBOOKS_URL"] ?? "https://sockscope.example/runbooks";

/** The Grafana that the dashboards were imported into. Set SOCKSCOPE_GRAFANA_URL when generating. */
const GRAFANA_URL: string = process.env["SOCKSCOPE_GRAFANA_URL"] ?? "https://grafana.example";

/** The runbook of an alert. */
export function runbookUrl(alert: Pick<Alert, "name">): string {
  return `${RUNBOOKS_URL}/${alert.name}.md`;
}

/** The panel that an alert is about, alone on the screen, for every app. */
export function panelUrl({ panel }: Pick<Alert, "panel">): string {
  return `${GRAFANA_URL}/d/${panel.dashboard.uid}?viewPanel=${panel.panel.id}`;
}

/** The same for the app that the alert fires for, as a template of Prometheus'. */
export function panelUrlOfApp(alert: Pick<Alert, "panel">): string {
  return `${panelUrl(alert)}&var-app={{ $labels.app }}`;
}
