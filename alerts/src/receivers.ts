/** Ways to tell somebody, all of which are used. Secrets are the contents of files and never part of a configuration. */
export interface Receiver {
  /** PagerDuty, Events API v2. */
  readonly pagerduty?: { readonly routingKeyFile: string } | undefined;
  readonly slack?: { readonly apiUrlFile: string; readonly channel: string } | undefined;
  /** Takes Alertmanager's own JSON. One of both; Alertmanager knows the file from 0.26 on. */
  readonly webhook?: { readonly url?: string | undefined; readonly urlFile?: string | undefined } | undefined;
}

/** Whom Alertmanager tells. */
export interface Receivers {
  /** Who is woken up. */
  readonly page: Receiver;
  /** Who is told in the morning. Default: nobody; Alertmanager shows it. */
  readonly ticket?: Receiver | undefined;
  /** By label of the environment: its values from which pages go to the pager, others to the tickets. Default: all. */
  readonly pageWhere?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Receivers for the repository's own generated files, which tests and readers look at. */
export const EXAMPLE_RECEIVERS: Receivers = {
  page: { pagerduty: { routingKeyFile: "/etc/alertmanager/secrets/pagerduty-routing-key" } },
};

const RUNBOOK = "{{ .CommonAnnotations.runbook_url }}";
const DASHBOARD = "{{ .CommonAnnotations.dashboard_url }}";
const DESCRIPTIONS = "{{ range .Alerts }}{{ .Annotations.description }}\n{{ end }}";

/** What an alert is called in one line: its name and what it fires for. */
function headline(groupLabels: readonly string[]): string {
  const values = groupLabels.map((label) => `{{ .GroupLabels.${label} }}`);
  return `${values.join(" ")}: {{ .CommonAnnotations.summary }}`;
}

/** How PagerDuty calls what wakes somebody up, and what waits for the morning. */
export type PagerdutySeverity = "critical" | "warning";

function pagerduty(
  { routingKeyFile }: NonNullable<Receiver["pagerduty"]>,
  title: string,
  severity: PagerdutySeverity,
): object {
  return {
    routing_key_file: routingKeyFile,
    severity,
    description: title,
    client: "Sockscope",
    client_url: DASHBOARD,
    details: { description: DESCRIPTIONS, runbook: RUNBOOK, dashboard: DASHBOARD },
    links: [
      { href: RUNBOOK, text: "Runbook" },
      { href: DASHBOARD, text: "Dashboard" },
    ],
    send_resolved: true,
  };
}

/** In Slack both look alike unless they are told apart; PagerDuty closes what it opened by itself. */
function ofStatus(firing: string, resolved: string): string {
  return `{{ if eq .Status "resolved" }}${resolved}{{ else }}${firing}{{ end }}`;
}

function slack({ apiUrlFile, channel }: NonNullable<Receiver["slack"]>, title: string): object {
  return {
    api_url_file: apiUrlFile,
    channel,
    color: ofStatus("danger", "good"),
    title: `${ofStatus("Firing", "Resolved")}: ${title}`,
    title_link: DASHBOARD,
    // What was true while it fired is not true of now.
    text: ofStatus(`${DESCRIPTIONS}<${RUNBOOK}|Runbook>`, `It is over. <${RUNBOOK}|Runbook>`),
    send_resolved: true,
  };
}

function webhook({ url, urlFile }: NonNullable<Receiver["webhook"]>): object {
  return { ...(urlFile === undefined ? { url } : { url_file: urlFile }), send_resolved: true };
}

/**
 * A receiver as Alertmanager's configuration has it; without integrations it shows what it got and tells nobody.
 *
 * @param groupLabels by which notifications are grouped
 */
export function alertmanagerReceiver(
  name: string,
  receiver: Receiver,
  groupLabels: readonly string[],
  severity: PagerdutySeverity,
): { readonly name: string } {
  const title = headline(groupLabels);
  return {
    name,
    ...(receiver.pagerduty && { pagerduty_configs: [pagerduty(receiver.pagerduty, title, severity)] }),
    ...(receiver.slack && { slack_configs: [slack(receiver.slack, title)] }),
    ...(receiver.webhook && { webhook_configs: [webhook(receiver.webhook)] }),
  };
}
