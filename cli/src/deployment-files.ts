import { alertingFiles } from "@sockscope/alerts";
import { type Config, ConfigError, catalogOf, pageModule } from "@sockscope/config";
import { dashboardFiles } from "@sockscope/dashboards";
import { closeCodesPage, ownMetricsPage, runbookFiles } from "@sockscope/runbooks";
import { dataSourceFile, scrapeFile } from "./scrape-files.ts";

/** For whom files are: the page's code, or those who operate the service. */
export const AUDIENCES = ["page", "operations"] as const;
/** A value of {@link AUDIENCES}. */
export type Audience = (typeof AUDIENCES)[number];

type Files = readonly (readonly [path: string, content: string])[];

function inFolder(folder: string, files: ReadonlyMap<string, string>): Files {
  return [...files].map(([file, content]) => [`${folder}/${file}`, content]);
}

/** What Prometheus and Grafana are told of each other, as far as the configuration says where they are. */
function scraping({ scrape, jobs, links }: Config): Files {
  return [
    ...(scrape === undefined ? [] : [["prometheus/scrape.yml", scrapeFile(scrape, jobs)] as const]),
    ...(links?.prometheus === undefined
      ? []
      : [["grafana/datasource.yml", dataSourceFile(links.prometheus, scrape?.interval)] as const]),
  ];
}

/** @throws ConfigError without addresses: an alert that leads nowhere must not reach a pager */
function operations(config: Config, source: string): Files {
  const { links } = config;
  if (links === undefined) {
    const problem =
      "is missing; alerts lead to runbooks and dashboards by it (for a page alone: --only page)";
    throw new ConfigError(source, [{ path: "links", problem }]);
  }
  const catalog = catalogOf(config);
  return [
    ...inFolder("dashboards", dashboardFiles(catalog)),
    ...inFolder("alerts", alertingFiles(catalog, links, config.receivers)),
    ...scraping(config),
    ...inFolder("runbooks", runbookFiles(catalog, links)),
    ["runbooks/CLOSE_CODES.md", closeCodesPage(catalog)],
    ...(catalog.ownMetrics.length === 0 ? [] : [["runbooks/METRICS.md", ownMetricsPage(catalog)] as const]),
  ];
}

/**
 * What a configuration makes: path within the deployment's folder, and content.
 *
 * @param source the configuration's name, for the error
 * @throws ConfigError when a setting is missing that the files need
 */
export function deploymentFiles(
  config: Config,
  audiences: readonly Audience[],
  source: string,
): ReadonlyMap<string, string> {
  return new Map([
    ...(audiences.includes("page") ? [["vocabulary.ts", pageModule(config)] as const] : []),
    ...(audiences.includes("operations") ? operations(config, source) : []),
  ]);
}
