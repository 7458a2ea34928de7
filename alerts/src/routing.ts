import { stringify } from "yaml";
import { GENERATED_NOTICE } from "./rules.ts";

/** A receiver of Alertmanager's: a name, and whatever integrations it has. */
interface Receiver {
  readonly name: string;
  readonly pagerduty_configs?: readonly object[];
}

/** Gets what does not wake anybody up: shown in Alertmanager, and sent nowhere. */
const INBOX: Receiver = { name: "inbox" };

const PAGER = "pager";

/** PagerDuty, Events API v2. The secret is a file's content and never part of the configuration. */
const PAGERDUTY: Receiver = {
  name: PAGER,
  pagerduty_configs: [
    {
      routing_key_file: "/etc/alertmanager/secrets/pagerduty-routing-key",
      severity: "critical",
      description: "{{ .GroupLabels.alertname }} {{ .GroupLabels.app }}: {{ .CommonAnnotations.summary }}",
      client: "Sockscope",
      client_url: "{{ .CommonAnnotations.dashboard_url }}",
      details: {
        description: "{{ range .Alerts }}{{ .Annotations.description }}\n{{ end }}",
        runbook: "{{ .CommonAnnotations.runbook_url }}",
        dashboard: "{{ .CommonAnnotations.dashboard_url }}",
      },
      links: [
        { href: "{{ .CommonAnnotations.runbook_url }}", text: "Runbook" },
        { href: "{{ .CommonAnnotations.dashboard_url }}", text: "Dashboard" },
      ],
      send_resolved: true,
    },
  ],
};

/** A receiver without integrations: alerts are grouped, inhibited and shown, and nobody is called. */
const NOBODY: Receiver = { name: PAGER };

function configuration(pager: Receiver): string {
  const config = {
    route: {
      receiver: INBOX.name,
      // One notification per symptom and app, however many series fire.
      group_by: ["alertname", "app"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "4h",
      routes: [{ receiver: pager.name, matchers: ['severity="page"'] }],
    },
    receivers: [INBOX, pager],
  };
  return GENERATED_NOTICE + stringify(config, { lineWidth: 0 });
}

/** Alertmanager's configuration for production. */
export function productionRouting(): string {
  return configuration(PAGERDUTY);
}

/** The same routing for a stack on one's own machine, which calls nobody. */
export function localRouting(): string {
  return configuration(NOBODY);
}
