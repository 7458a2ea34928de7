import { readFileSync } from "node:fs";
import { GENERATED_NOTICE } from "@sockscope/alerts";
import { parse, stringify } from "yaml";
import { ROOT } from "../root.ts";

/** Where docker-compose.yml mounts the generated `alerts/`, and how it calls Alertmanager. */
const IN_COMPOSE = { rules: "/etc/sockscope/rules.yml", alertmanager: "alertmanager:9093" };

/** `docker/generated/prometheus.yml`, of what `sockscope generate` has written beside it. */
export function composePrometheusFile(): string {
  return prometheusFile(readFileSync(`${ROOT}docker/generated/prometheus/scrape.yml`, "utf8"), IN_COMPOSE);
}

/**
 * The configuration of a Prometheus that has nothing else to do: what a deployment scrapes, its rules, and one Alertmanager. In one
 * file, because `scrape_config_files` is new in Prometheus 2.43, and Debian has an older one.
 *
 * See {@link https://prometheus.io/docs/prometheus/latest/configuration/configuration/}.
 *
 * @param scrape the text of `prometheus/scrape.yml`, as `sockscope generate` writes it
 * @param options.rules the path of `alerts/rules.yml` where Prometheus sees it
 * @param options.alertmanager as `host:port`
 */
export function prometheusFile(scrape: string, options: { rules: string; alertmanager: string }): string {
  const { scrape_configs } = parse(scrape) as { scrape_configs: readonly { scrape_interval: string }[] };
  const [{ scrape_interval } = { scrape_interval: "15s" }] = scrape_configs;
  const config = {
    global: { scrape_interval, evaluation_interval: scrape_interval },
    rule_files: [options.rules],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [options.alertmanager] }] }] },
    scrape_configs,
  };
  return GENERATED_NOTICE + stringify(config, { lineWidth: 0 });
}
