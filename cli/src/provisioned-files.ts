import { GENERATED_NOTICE, GRAFANA_DATA_SOURCE_UID } from "@sockscope/alerts";
import type { Config } from "@sockscope/config";
import { stringify } from "yaml";

/**
 * What Prometheus scrapes: to be included by `scrape_config_files`, or copied into `scrape_configs`. `honor_labels`, because a
 * target label `app`, as Kubernetes stamps it, would else replace ours and merge all apps.
 *
 * See {@link https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config}.
 */
export function scrapeFile(
  { interval, labels, collectors, servers }: NonNullable<Config["scrape"]>,
  jobs: Config["jobs"],
): string {
  const job = (name: string, targets: readonly string[]): object => ({
    job_name: name,
    honor_labels: true,
    scrape_interval: interval,
    static_configs: [{ targets, ...(labels === undefined ? {} : { labels }) }],
  });
  const scrape_configs = [job(jobs.collectors, collectors), job(jobs.servers, servers)];
  return GENERATED_NOTICE + stringify({ scrape_configs }, { lineWidth: 0 });
}

/**
 * The data source that Grafana provisions. It has to know the scrape interval, or `$__rate_interval` is too short where that is
 * longer than the one that Grafana takes for granted, and `rate()` has no result.
 *
 * See {@link https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources}.
 */
export function dataSourceFile(url: string, interval: string): string {
  const source = {
    name: "Prometheus",
    type: "prometheus",
    uid: GRAFANA_DATA_SOURCE_UID,
    access: "proxy",
    url,
    jsonData: { httpMethod: "POST", timeInterval: interval },
  };
  return GENERATED_NOTICE + stringify({ apiVersion: 1, datasources: [source] }, { lineWidth: 0 });
}

/** Where Grafana looks for the dashboards: mount or copy the generated folder `dashboards/` there. */
export const DASHBOARDS_PATH = "/etc/sockscope/dashboards";

/**
 * The provider by which Grafana loads the dashboards from a folder, again whenever a file there changes. Nobody saves over them:
 * the configuration makes them.
 *
 * See {@link https://grafana.com/docs/grafana/latest/administration/provisioning/#dashboards}.
 */
export function dashboardsFile(): string {
  const provider = {
    name: "sockscope",
    type: "file",
    folder: "Sockscope",
    folderUid: "sockscope",
    allowUiUpdates: false,
    updateIntervalSeconds: 30,
    options: { path: DASHBOARDS_PATH },
  };
  return GENERATED_NOTICE + stringify({ apiVersion: 1, providers: [provider] }, { lineWidth: 0 });
}
