import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { stringify } from "yaml";
import { ROOT } from "./root.ts";

/** What Prometheus has to be told about this machine. Addresses are `host:port`. */
export interface PrometheusTargets {
  readonly collectorAdmin: string;
  readonly chatMetrics: string;
  readonly alertmanager: string;
  /** The file of the rules that it evaluates. Default: what the repository holds, whose links lead nowhere. */
  readonly rules?: string;
  /** Labels that a service discovery would stamp on both targets. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** How often it scrapes and evaluates, as a Prometheus duration. */
  readonly interval: string;
}

/**
 * What every job of ours needs: Kubernetes' labelmap stamps a target label `app`, which would otherwise win over the
 * metrics' own; that one would become `exported_app`, and all apps of a collector would merge.
 *
 * See {@link https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config | honor_labels}.
 */
const KEEP_METRIC_LABELS = { honor_labels: true } as const;

/** The configuration of the local Prometheus: two jobs, our rules, one Alertmanager. */
export function prometheusConfig(targets: PrometheusTargets): string {
  const { jobs } = DEFAULT_CATALOG;
  const at = (address: string): object[] => [{ targets: [address], labels: targets.labels ?? {} }];
  return stringify({
    global: { scrape_interval: targets.interval, evaluation_interval: targets.interval },
    rule_files: [targets.rules ?? `${ROOT}alerts/generated/rules.yml`],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [targets.alertmanager] }] }] },
    scrape_configs: [
      {
        job_name: jobs.collectors,
        ...KEEP_METRIC_LABELS,
        static_configs: at(targets.collectorAdmin),
      },
      { job_name: jobs.servers, ...KEEP_METRIC_LABELS, static_configs: at(targets.chatMetrics) },
    ],
  });
}
