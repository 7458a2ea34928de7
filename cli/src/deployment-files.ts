import {
  alertingFiles,
  grafanaAlertingFiles,
  kubernetesFiles,
  type Links,
  type Receivers,
} from "@sockscope/alerts";
import type { Catalog } from "@sockscope/catalog";
import { type Config, ConfigError, catalogOf, DEFAULT_SCRAPE_INTERVAL, pageModule } from "@sockscope/config";
import { dashboardFiles, dashboardFilesForImport } from "@sockscope/dashboards";
import { ownMetricsPage, runbookFiles } from "@sockscope/runbooks";
import { dashboardsFile, dataSourceFile, scrapeFile } from "./provisioned-files.ts";

/** For whom files are: the page's code, or those who operate the service. */
export const AUDIENCES = ["page", "operations"] as const;
/** A value of {@link AUDIENCES}. */
export type Audience = (typeof AUDIENCES)[number];

/** Files by their name within a folder. */
type Folder = ReadonlyMap<string, string>;

/** What Prometheus is told to scrape, as far as the configuration says where it is. */
function scraping({ scrape, jobs }: Config): Folder {
  return new Map(scrape === undefined ? [] : [["scrape.yml", scrapeFile(scrape, jobs)]]);
}

/** What Grafana provisions: where Prometheus is, as far as the configuration says it, and where the dashboards are. */
function provisioning({ scrape, links }: Config): Folder {
  const url = links?.prometheus;
  const interval = scrape?.interval ?? DEFAULT_SCRAPE_INTERVAL;
  return new Map([
    ["dashboards.yml", dashboardsFile()],
    ...(url === undefined ? [] : [["datasource.yml", dataSourceFile(url, interval)] as const]),
  ]);
}

function runbooks(catalog: Catalog, links: Links): Folder {
  return new Map([
    ...runbookFiles(catalog, links),
    ...(catalog.ownMetrics.length === 0 ? [] : [["METRICS.md", ownMetricsPage(catalog)] as const]),
  ]);
}

/** Whoever reads an alert, and whoever is told of it: neither may be made up. */
function onCall(
  { links, receivers: { page, ...others } }: Config,
  source: string,
): { readonly links: Links; readonly receivers: Receivers } {
  if (links !== undefined && page !== undefined) return { links, receivers: { page, ...others } };
  const missing = [
    ...(links === undefined ? [["links", "alerts lead to runbooks and dashboards by it"] as const] : []),
    ...(page === undefined ? [["receivers.page", "it says who is woken up"] as const] : []),
  ];
  throw new ConfigError(
    source,
    missing.map(([path, why]) => ({
      path,
      problem: `is missing; ${why} (for a page alone: --only page)`,
    })),
  );
}

/**
 * Every folder that may ever have something, also those that are empty this time: what is left there of another time is stale.
 *
 * @throws ConfigError when a setting is missing that the files need
 */
function operations(config: Config, source: string): Readonly<Record<string, Folder>> {
  const { links, receivers } = onCall(config, source);
  const catalog = catalogOf(config);
  return {
    dashboards: dashboardFiles(catalog, links),
    // Of its own, since Grafana provisions every folder within that of the dashboards.
    "dashboards-import": dashboardFilesForImport(catalog, links),
    alerts: alertingFiles(catalog, links, receivers),
    "alerts-kubernetes": kubernetesFiles(catalog, links),
    // They ask the data source that is provisioned where Prometheus is known.
    "alerts-grafana":
      config.links?.prometheus === undefined ? new Map() : grafanaAlertingFiles(catalog, links),
    prometheus: scraping(config),
    grafana: provisioning(config),
    runbooks: runbooks(catalog, links),
  };
}

/** What a configuration makes. */
export interface DeploymentFiles {
  /** Path within the deployment's folder, and content. */
  readonly files: ReadonlyMap<string, string>;
  /** The folders within it in which whatever was generated and is not among the files is stale. */
  readonly folders: readonly string[];
}

/**
 * What a configuration makes.
 *
 * @param source the configuration's name, for the error
 * @throws ConfigError when a setting is missing that the files need
 */
export function deploymentFiles(
  config: Config,
  audiences: readonly Audience[],
  source: string,
): DeploymentFiles {
  const folders = audiences.includes("operations") ? operations(config, source) : {};
  const inFolders = Object.entries(folders).flatMap(([folder, files]) =>
    [...files].map(([file, content]) => [`${folder}/${file}`, content] as const),
  );
  const ofPage = audiences.includes("page") ? [["vocabulary.ts", pageModule(config)] as const] : [];
  return { files: new Map([...ofPage, ...inFolders]), folders: Object.keys(folders) };
}
