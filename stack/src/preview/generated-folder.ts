import { readdirSync, readFileSync } from "node:fs";

/** A dashboard that there is. */
export interface DashboardEntry {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
}

/** What a deployment's folder has to show. Read at each look, so that what is generated anew is seen at once. */
export interface GeneratedFolder {
  dashboards(): DashboardEntry[];
  /** A dashboard's JSON; undefined when there is none of this uid. */
  dashboard(uid: string): string | undefined;
  /** A runbook's Markdown; undefined when there is none of this name. */
  runbook(file: string): string | undefined;
}

interface Read {
  readonly entry: DashboardEntry;
  readonly json: string;
}

/** The order in which somebody who looks for a fault reads them; others follow by their titles. */
const READING_ORDER = [
  "sockscope-overview",
  "sockscope-connections",
  "sockscope-reconnects",
  "sockscope-messages",
  "sockscope-collector",
];

function placeOf({ uid }: DashboardEntry): number {
  const place = READING_ORDER.indexOf(uid);
  return place < 0 ? READING_ORDER.length : place;
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith(ending));
}

function read(path: string): Read {
  const json = readFileSync(path, "utf8");
  const { uid, title, tags = [] } = JSON.parse(json) as DashboardEntry;
  return { entry: { uid, title, tags }, json };
}

/**
 * What `sockscope generate` wrote.
 *
 * @param folders `dashboards` with JSON and `runbooks` with Markdown
 */
export function generatedFolder(folders: { dashboards: string; runbooks: string }): GeneratedFolder {
  const all = (): Read[] =>
    filesIn(folders.dashboards, ".json").map((file) => read(`${folders.dashboards}/${file}`));
  return {
    dashboards: () =>
      all()
        .map(({ entry }) => entry)
        .sort((a, b) => placeOf(a) - placeOf(b) || a.title.localeCompare(b.title)),
    dashboard: (uid) => all().find(({ entry }) => entry.uid === uid)?.json,
    runbook(file) {
      const found = filesIn(folders.runbooks, ".md").find((name) => name === file);
      return found === undefined ? undefined : readFileSync(`${folders.runbooks}/${found}`, "utf8");
    },
  };
}
