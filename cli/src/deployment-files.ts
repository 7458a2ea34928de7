import { alertingFiles } from "@sockscope/alerts";
import { type Config, ConfigError, pageModule } from "@sockscope/config";
import { dashboardFiles } from "@sockscope/dashboards";
import { runbookFiles } from "@sockscope/runbooks";

/** For whom files are: the page's code, or those who operate the service. */
export const AUDIENCES = ["page", "operations"] as const;
/** A value of {@link AUDIENCES}. */
export type Audience = (typeof AUDIENCES)[number];

type Files = readonly (readonly [path: string, content: string])[];

function inFolder(folder: string, files: ReadonlyMap<string, string>): Files {
  return [...files].map(([file, content]) => [`${folder}/${file}`, content]);
}

/** @throws ConfigError without addresses: an alert that leads nowhere must not reach a pager */
function operations({ links }: Config, source: string): Files {
  if (links === undefined) {
    const problem =
      "is missing; alerts lead to runbooks and dashboards by it (for a page alone: --only page)";
    throw new ConfigError(source, [{ path: "links", problem }]);
  }
  return [
    ...inFolder("dashboards", dashboardFiles()),
    ...inFolder("alerts", alertingFiles(links)),
    ...inFolder("runbooks", runbookFiles(links)),
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
