import { stringify } from "yaml";
import { ROOT } from "./root.ts";

/** What Prometheus has to be told about this machine. Addresses are `host:port`. */
export interface PrometheusTargets {
  readonly collectorAdmin: string;
  readonly chatMetrics: string;
  readonly alertmanager: string;
  /** How often it scrapes and evaluates, as a Prometheus duration. */
  readonly interval: string;
}

/** The configuration of the local Prometheus: two jobs, our rules, one Alertmanager. */
export function prometheusConfig(targets: PrometheusTargets): string {
  return stringify({
    global: { scrape_interval: targets.interval, evaluation_interval: targets.interval },
    rule_files: [`${ROOT}alerts/generated/rules.yml`],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [targets.alertmanager] }] }] },
    scrape_configs: [
      { job_name: "sockscope-collector", static_configs: [{ targets: [targets.collectorAdmin] }] },
      { job_name: "chat-server", static_configs: [{ targets: [targets.chatMetrics] }] },
    ],
  });
}
