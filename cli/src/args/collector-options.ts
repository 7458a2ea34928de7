import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { CollectorOptions } from "@sockscope/collector";
import { type Config, catalogOf, readConfig } from "@sockscope/config";
import { UsageError } from "../usage-error.ts";
import { type AppFlag, collectorApps } from "./collector-apps.ts";
import { parseListenAddress } from "./listen-address.ts";
import { strictly } from "./strictly.ts";

/** Where the collector listens unless told otherwise: reachable from this machine only. */
export const DEFAULT_LISTEN = "127.0.0.1:4390";

/** Where metrics and health are served unless told otherwise. */
export const DEFAULT_ADMIN = "127.0.0.1:4391";

type Environment = Readonly<Record<string, string | undefined>>;

interface CollectorFlags {
  readonly listen: string | undefined;
  readonly admin: string | undefined;
  readonly maxSessions: string | undefined;
  readonly config: string | undefined;
  readonly announceTokenFile: string | undefined;
  readonly apps: readonly AppFlag[];
}

/**
 * The collector's options from the command line, else from the environment, else the defaults. Its apps, and what they add
 * to the catalog, come from a configuration where one is named.
 *
 * @throws UsageError
 * @throws ConfigError
 */
export async function parseCollectorOptions(
  args: readonly string[],
  environment: Environment,
): Promise<CollectorOptions> {
  const { listen, admin, maxSessions, config, announceTokenFile, apps } = parseFlags(args);
  const sessions = maxSessions ?? environment["SOCKSCOPE_MAX_SESSIONS"];
  return {
    listen: addressOf(listen, "--listen", environment, "SOCKSCOPE_LISTEN", DEFAULT_LISTEN),
    admin: addressOf(admin, "--admin", environment, "SOCKSCOPE_ADMIN", DEFAULT_ADMIN),
    ...(await configured(config ?? environment["SOCKSCOPE_CONFIG"], apps, environment)),
    ...(await tokenIn(announceTokenFile ?? environment["SOCKSCOPE_ANNOUNCE_TOKEN_FILE"])),
    // What is not a number is refused by the collector, like a number out of its bounds.
    ...(sessions ? { maxSessions: Number(sessions) } : {}),
  };
}

async function configured(
  file: string | undefined,
  flags: readonly AppFlag[],
  environment: Environment,
): Promise<Pick<CollectorOptions, "apps" | "catalog" | "releases" | "maxSeries">> {
  if (!file) return { apps: collectorApps(flags, environment) };
  if (flags.length > 0) {
    throw new UsageError(
      `--${flags[0]?.name} and a configuration cannot both name apps; add the app to ${file}`,
    );
  }
  const config = await readConfig(file);
  const { apps, releases, maxSeries } = config;
  return { apps: apps.map(appOf), catalog: catalogOf(config), maxSeries, ...(releases && { releases }) };
}

/** A file and no flag, because a command line is for everybody to read. */
async function tokenIn(file: string | undefined): Promise<Pick<CollectorOptions, "announceToken">> {
  if (!file) return {};
  try {
    return { announceToken: (await readFile(file, "utf8")).trim() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--announce-token-file cannot be read (${reason})`, { cause: error });
  }
}

function appOf({ name, origins, key }: Config["apps"][number]): CollectorOptions["apps"][number] {
  return { name, origins, ...(key === undefined ? {} : { key }) };
}

function addressOf(
  flag: string | undefined,
  flagName: string,
  environment: Environment,
  variable: string,
  otherwise: string,
): CollectorOptions["listen"] {
  if (flag !== undefined) return parseListenAddress(flag, flagName);
  return parseListenAddress(environment[variable] || otherwise, variable);
}

function parseFlags(args: readonly string[]): CollectorFlags {
  const { values, tokens } = strictly("collector", () =>
    parseArgs({
      args: [...args],
      strict: true,
      tokens: true,
      options: {
        listen: { type: "string" },
        admin: { type: "string" },
        "max-sessions": { type: "string" },
        config: { type: "string" },
        "announce-token-file": { type: "string" },
        app: { type: "string", multiple: true },
        origin: { type: "string", multiple: true },
        key: { type: "string", multiple: true },
      },
    }),
  );
  // The tokens keep the order in which the flags were given, the values do not.
  const apps = tokens.flatMap((token) =>
    token.kind === "option" && isAppFlag(token.name) ? [{ name: token.name, value: token.value ?? "" }] : [],
  );
  const { listen, admin, config } = values;
  return {
    listen,
    admin,
    maxSessions: values["max-sessions"],
    config,
    announceTokenFile: values["announce-token-file"],
    apps,
  };
}

function isAppFlag(name: string): name is AppFlag["name"] {
  return name === "app" || name === "origin" || name === "key";
}
