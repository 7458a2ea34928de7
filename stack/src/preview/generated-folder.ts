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

/** @throws SyntaxError or TypeError when it is no dashboard */
function read(path: string): Read {
  const json = readFileSync(path, "utf8");
  const { uid, title, tags } = Object(JSON.parse(json)) as Partial<Record<string, unknown>>;
  if (typeof uid !== "string" || typeof title !== "string") throw new TypeError("it has no uid or no title");
  const known = Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === "string") : [];
  return { entry: { uid, title, tags: known }, json };
}

/** Reads what can be read. Of each file that cannot, it tells once, until it can. */
function lenientReader(say: (message: string) => void): (path: string) => Read[] {
  const told = new Set<string>();
  return (path) => {
    try {
      const found = read(path);
      told.delete(path);
      return [found];
    } catch (error) {
      if (!told.has(path)) say(`${path} is left out: ${error instanceof Error ? error.message : error}`);
      told.add(path);
      return [];
    }
  };
}

function toStderr(message: string): void {
  process.stderr.write(`${message}\n`);
}

/**
 * What `sockscope generate` wrote.
 *
 * @param folders `dashboards` with JSON and `runbooks` with Markdown
 * @param say takes which file is no dashboard and why. Default: standard error
 */
export function generatedFolder(
  folders: { dashboards: string; runbooks: string },
  say: (message: string) => void = toStderr,
): GeneratedFolder {
  const readOrLeaveOut = lenientReader(say);
  const all = (): Read[] =>
    filesIn(folders.dashboards, ".json").flatMap((file) => readOrLeaveOut(`${folders.dashboards}/${file}`));
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
