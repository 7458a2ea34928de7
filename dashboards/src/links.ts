import { DashboardLinkBuilder, DashboardLinkType } from "@grafana/grafana-foundation-sdk/dashboard";
import type { AlertName } from "@sockscope/catalog";

/** Where a dashboard leads out of Grafana: an address without a slash at its end. */
export interface DashboardLinks {
  /** Where the runbooks' pages are published. */
  readonly runbooks: string;
}

/** An address that leads nowhere, for what this repository holds: it is no deployment. */
export const EXAMPLE_DASHBOARD_LINKS: DashboardLinks = { runbooks: "https://sockscope.example/runbooks" };

/** What somebody who looks at this panel in the night reads next, as Markdown. */
export function runbookLinks(alerts: readonly AlertName[], { runbooks }: DashboardLinks): string {
  if (alerts.length === 0) return `[Runbooks](${runbooks}/README.md)`;
  return alerts.map((alert) => `[Runbook of ${alert}](${runbooks}/${alert}.md)`).join(" · ");
}

/** Where a click on a value leads. */
export interface DrillDown {
  readonly title: string;
  /** An address, or a path within Grafana. */
  readonly url: string;
}

/** Leads to another of our dashboards, at the same time and for the same apps. */
export function drillDown(title: string, uid: string): DrillDown {
  return { title, url: `/d/${uid}?\${__url_time_range}&\${__all_variables}` };
}

/** The same as Grafana's fields take it. */
export function dataLink({ title, url }: DrillDown): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url);
}
