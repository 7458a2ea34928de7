import { type DashboardLinks, EXAMPLE_DASHBOARD_LINKS } from "@sockscope/dashboards";
import { howFarBack } from "./how-far-back.ts";
import type { AlertRule } from "./symptoms/alert.ts";
import type { Symptom } from "./symptoms/symptom.ts";

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
export function runbookFile({ name }: Pick<Symptom, "name">): string {
  return `${name}.md`;
}

/** What to do about an alert: its runbook. */
export function runbookUrl({ name }: Pick<Symptom, "name">, { runbooks }: Links): string {
  return `${runbooks}/${runbookFile({ name })}`;
}

/** The panel that an alert is about, alone on the screen, for every app, over as long as the alert looks back and before. */
export function panelUrl({ panel, expression }: AlertRule, { grafana }: Links): string {
  const { dashboard, panel: shown } = panel;
  return `${grafana}/d/${dashboard.uid}?viewPanel=${shown.id}&from=now-${howFarBack(expression)}&to=now`;
}

/** In an address: what the series has for a label, with whatever would end or split the parameter escaped. */
function labelInAddress(label: string): string {
  return `{{ $labels.${label} | urlquery }}`;
}

/** The address that Prometheus makes of a template for a series: Go escapes a space as `+`, and what the series lacks is empty. */
export function addressOf(template: string, labels: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{ \$labels\.(\w+) \| urlquery \}\}/g, (_hole, label: string) =>
    encodeURIComponent(labels[label] ?? "").replaceAll("%20", "+"),
  );
}

/** The same for the app and the environment that the alert fires for, as a template of Prometheus'. */
export function panelUrlOfApp(rule: AlertRule, links: Links): string {
  const { variables } = rule.panel.dashboard;
  const chosen = variables.filter((label) => rule.expression.labels.includes(label));
  return panelUrl(rule, links) + chosen.map((label) => `&var-${label}=${labelInAddress(label)}`).join("");
}
