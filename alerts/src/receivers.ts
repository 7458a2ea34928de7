/** A webhook: one of both; Alertmanager knows the file from 0.26 on. */
export interface Webhook {
  readonly url?: string | undefined;
  readonly urlFile?: string | undefined;
}

/** Ways to tell somebody, all of which are used. Secrets are the contents of files and never part of a configuration. */
export interface Receiver {
  /** PagerDuty, Events API v2. */
  readonly pagerduty?: { readonly routingKeyFile: string } | undefined;
  /** Jira Service Management Operations. */
  readonly jsm?: { readonly apiKeyFile: string } | undefined;
  /** Jira Service Management Operations is its successor. */
  readonly opsgenie?: { readonly apiKeyFile: string } | undefined;
  readonly slack?: { readonly apiUrlFile: string; readonly channel: string } | undefined;
  /** Takes Alertmanager's own JSON. */
  readonly webhook?: Webhook | undefined;
}

/** When tickets are told. */
export interface TicketHours {
  /** `08:00` */
  readonly from: string;
  /** Later than `from`; `24:00` is the end of the day. */
  readonly to: string;
  /** As Alertmanager has them: `monday:friday`. */
  readonly days: string;
  /** As the IANA names it: `Europe/Berlin`. */
  readonly location: string;
}

/** Whom Alertmanager tells. */
export interface Receivers {
  /** Who is woken up, also by an alert that does not say whom it is for. */
  readonly page: Receiver;
  /** Who is told in the morning. Default: nobody; Alertmanager shows it. */
  readonly ticket?: Receiver | undefined;
  /** Outside of them a ticket waits. Default: always. */
  readonly ticketHours?: TicketHours | undefined;
  /** Who waits for the Watchdog, and calls when it stops. Default: nobody. */
  readonly deadMansSwitch?: Webhook | undefined;
  /** By label of the environment: its values from which pages go to the pager, others to the tickets. Default: all. */
  readonly pageWhere?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Receivers for the repository's own generated files, which tests and readers look at. */
export const EXAMPLE_RECEIVERS: Receivers = {
  page: { pagerduty: { routingKeyFile: "/etc/alertmanager/secrets/pagerduty-routing-key" } },
};

/** It speaks Opsgenie's language. */
const JSM_URL = "https://api.atlassian.com/jsm/ops/integration/";

/*
 * Alerts of one notification may lead to different places, as two rules of a symptom do. What they have in common is then empty,
 * so a link is that of the first, and a text has those of each.
 */
const FIRST = "(index .Alerts 0)";
const RUNBOOK = `{{ ${FIRST}.Annotations.runbook_url }}`;
const DASHBOARD = `{{ ${FIRST}.Annotations.dashboard_url }}`;
const EACH = [
  "{{ range .Alerts }}{{ .Annotations.description }}",
  "Runbook: {{ .Annotations.runbook_url }}",
  "Dashboard: {{ .Annotations.dashboard_url }}",
  "{{ end }}",
].join("\n");

/** What an alert is called in one line: its name and what it fires for, as far as it says so. */
function headline(groupLabels: readonly string[]): string {
  const [name, ...others] = groupLabels;
  const values = others.map((label) => `{{ with .GroupLabels.${label} }} {{ . }}{{ end }}`);
  const summary = `{{ with ${FIRST}.Annotations.summary }}: {{ . }}{{ end }}`;
  return `{{ .GroupLabels.${name} }}${values.join("")}${summary}`;
}

/** For whom a notification is. */
export type Urgency = "page" | "ticket";

function pagerduty(
  { routingKeyFile }: NonNullable<Receiver["pagerduty"]>,
  title: string,
  urgency: Urgency,
): object {
  return {
    routing_key_file: routingKeyFile,
    severity: { page: "critical", ticket: "warning" }[urgency],
    description: title,
    client: "Sockscope",
    client_url: DASHBOARD,
    details: { description: EACH },
    links: [
      { href: RUNBOOK, text: "Runbook" },
      { href: DASHBOARD, text: "Dashboard" },
    ],
    send_resolved: true,
  };
}

/** What JSM Operations and Opsgenie take alike. */
function opsgenie(apiKeyFile: string, title: string, urgency: Urgency): object {
  return {
    api_key_file: apiKeyFile,
    message: title,
    description: EACH,
    priority: { page: "P1", ticket: "P3" }[urgency],
    details: { runbook: RUNBOOK, dashboard: DASHBOARD },
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
    text: ofStatus(EACH, `It is over. <${RUNBOOK}|Runbook>`),
    send_resolved: true,
  };
}

/** A webhook as Alertmanager's configuration has it. */
export function webhookConfig({ url, urlFile }: Webhook, sendResolved: boolean): object {
  return { ...(urlFile === undefined ? { url } : { url_file: urlFile }), send_resolved: sendResolved };
}

/**
 * A receiver as Alertmanager's configuration has it; without integrations it shows what it got and tells nobody.
 *
 * @param groupLabels by which notifications are grouped, the alert's name first
 */
export function alertmanagerReceiver(
  name: string,
  receiver: Receiver,
  groupLabels: readonly string[],
  urgency: Urgency,
): { readonly name: string } {
  const title = headline(groupLabels);
  const ofOpsgenie = [
    ...(receiver.jsm ? [{ ...opsgenie(receiver.jsm.apiKeyFile, title, urgency), api_url: JSM_URL }] : []),
    ...(receiver.opsgenie ? [opsgenie(receiver.opsgenie.apiKeyFile, title, urgency)] : []),
  ];
  return {
    name,
    ...(receiver.pagerduty && { pagerduty_configs: [pagerduty(receiver.pagerduty, title, urgency)] }),
    ...(ofOpsgenie.length > 0 && { opsgenie_configs: ofOpsgenie }),
    ...(receiver.slack && { slack_configs: [slack(receiver.slack, title)] }),
    ...(receiver.webhook && { webhook_configs: [webhookConfig(receiver.webhook, true)] }),
  };
}
