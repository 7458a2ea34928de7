import {
  APP_KEY_RULE,
  APP_NAME_RULE,
  APPS_RULE,
  DEFAULT_CATALOG,
  DEFAULT_MAX_SERIES,
  isAppName,
  isReleaseName,
  LONGEST_APP_KEY,
  mostSeries,
  ORIGINS_RULE,
  originProblem,
  RELEASE_NAME_RULE,
  REPEATED_RULE,
  repeatedInApps,
} from "@sockscope/catalog";
import type { CollectorApp, CollectorOptions, ListenAddress } from "./collector-options.ts";
import { CollectorOptionsError } from "./collector-options-error.ts";

/** Well below 2^24, where V8's Map throws "Map maximum size exceeded": deleted entries take room until it rehashes. */
const MOST_SESSIONS = 10_000_000;

const HIGHEST_PORT = 65_535;

/**
 * Holds the options against what the collector can work with.
 *
 * @throws CollectorOptionsError for the first option at fault
 */
export function checkOptions(options: CollectorOptions): void {
  checkAddress("listen", options.listen);
  checkAddress("admin", options.admin);
  if (options.maxSessions !== undefined) checkMaxSessions(options.maxSessions);
  checkReleases(options);
  if (options.apps.length === 0) {
    throw new CollectorOptionsError("apps", `there is none; ${APPS_RULE}`);
  }
  for (const [position, app] of options.apps.entries()) checkApp(`apps[${position}]`, app);
  checkRepeated(options.apps);
  checkSeries(options);
}

/** Before any is made: memory may not hold them. */
function checkSeries({
  apps,
  catalog = DEFAULT_CATALOG,
  maxSeries = DEFAULT_MAX_SERIES,
}: CollectorOptions): void {
  const names = apps.map(({ name }) => name);
  const most = mostSeries(catalog, names);
  if (most <= maxSeries) return;
  throw new CollectorOptionsError(
    "maxSeries",
    `there may be at most ${maxSeries} series, and ${names.length} ${names.length === 1 ? "app with this catalog comes" : "apps with this catalog come"} to ${most}; take apps or values of labels away, or raise it`,
  );
}

function checkAddress(option: string, { host, port }: ListenAddress): void {
  if (host === "") throw new CollectorOptionsError(`${option}.host`, 'it is empty; use "127.0.0.1"');
  if (Number.isInteger(port) && port >= 0 && port <= HIGHEST_PORT) return;
  throw new CollectorOptionsError(
    `${option}.port`,
    `${port} is not a port; use a whole number from 0 to ${HIGHEST_PORT}`,
  );
}

function checkMaxSessions(maxSessions: number): void {
  if (Number.isInteger(maxSessions) && maxSessions >= 1 && maxSessions <= MOST_SESSIONS) return;
  throw new CollectorOptionsError(
    "maxSessions",
    `${maxSessions} is not possible; use a whole number from 1 to ${MOST_SESSIONS}`,
  );
}

/** Short enough to type, and too long to guess. */
const SHORTEST_TOKEN = 16;

/** Of others, clients send one encoding or another, and no call would be right. See RFC 9110, 5.5 and 11.4. */
const IN_A_HEADER = /^[\x21-\x7e]*$/;

function checkReleases({ catalog = DEFAULT_CATALOG, releases = [], announceToken }: CollectorOptions): void {
  if (releases.length > 0 && !catalog.hasReleases) {
    throw new CollectorOptionsError("releases", "the catalog has no releases; create it with hasReleases");
  }
  for (const [position, name] of releases.entries()) {
    if (!isReleaseName(name))
      throw new CollectorOptionsError(
        `releases[${position}]`,
        `"${name}" cannot be a label; ${RELEASE_NAME_RULE}`,
      );
  }
  if (announceToken !== undefined) checkToken(announceToken);
}

function checkToken(token: string): void {
  if (token.length < SHORTEST_TOKEN) {
    throw new CollectorOptionsError(
      "announceToken",
      `it has ${token.length} characters; use at least ${SHORTEST_TOKEN}`,
    );
  }
  if (!IN_A_HEADER.test(token)) {
    throw new CollectorOptionsError(
      "announceToken",
      "it has characters that no Authorization header carries unchanged; use letters, digits and signs of ASCII, without spaces",
    );
  }
}

function checkApp(option: string, app: CollectorApp): void {
  checkName(`${option}.name`, app.name);
  if (app.key !== undefined) checkKey(`${option}.key`, app.key);
  checkOrigins(`${option}.origins`, app.origins);
}

function checkRepeated(apps: readonly CollectorApp[]): void {
  const [repeated] = repeatedInApps(apps);
  if (repeated === undefined) return;
  const { app, origin, value } = repeated;
  const option = origin === undefined ? `apps[${app}].name` : `apps[${app}].origins[${origin}]`;
  throw new CollectorOptionsError(option, `"${value}" ${REPEATED_RULE}`);
}

function checkName(option: string, name: string): void {
  if (isAppName(name)) return;
  throw new CollectorOptionsError(option, `"${name}" cannot be a label; ${APP_NAME_RULE}`);
}

function checkKey(option: string, { length }: string): void {
  if (length >= 1 && length <= LONGEST_APP_KEY) return;
  throw new CollectorOptionsError(option, `it has ${length} characters; ${APP_KEY_RULE}`);
}

function checkOrigins(option: string, origins: readonly string[]): void {
  if (origins.length === 0) throw new CollectorOptionsError(option, `there is none; ${ORIGINS_RULE}`);
  for (const [position, origin] of origins.entries()) checkOrigin(`${option}[${position}]`, origin);
}

function checkOrigin(option: string, origin: string): void {
  const problem = originProblem(origin);
  if (problem !== undefined) throw new CollectorOptionsError(option, `"${origin}" ${problem}`);
}
