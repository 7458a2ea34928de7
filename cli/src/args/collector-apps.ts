import type { CollectorApp } from "@sockscope/collector";
import { UsageError } from "../usage-error.ts";

/** One flag with its value, in the order of the command line. */
export interface AppFlag {
  readonly name: "app" | "origin" | "key";
  readonly value: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface AppInProgress {
  readonly name: string;
  readonly origins: string[];
  key?: string;
}

/**
 * The apps that a command line configures: `--origin` and `--key` belong to the `--app` before them. Without any of these
 * flags, the one app of the environment.
 *
 * @throws UsageError when neither names an app, or a flag has no app to belong to
 */
export function collectorApps(flags: readonly AppFlag[], environment: Environment): CollectorApp[] {
  const apps = flags.length === 0 ? appOfEnvironment(environment) : appsOfFlags(flags);
  const bare = apps.find(({ origins }) => origins.length === 0);
  if (bare !== undefined) {
    throw new UsageError(
      `app "${bare.name}" has no origin; add --origin URL after its --app, or set SOCKSCOPE_ORIGIN`,
    );
  }
  return apps;
}

function appOfEnvironment(environment: Environment): CollectorApp[] {
  const { SOCKSCOPE_APP: name, SOCKSCOPE_ORIGIN: origins = "", SOCKSCOPE_KEY: key } = environment;
  if (!name) throw new UsageError("no app is configured; use --app NAME --origin URL, or set SOCKSCOPE_APP");
  return [{ name, origins: splitList(origins), ...(key ? { key } : {}) }];
}

function splitList(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function appsOfFlags(flags: readonly AppFlag[]): CollectorApp[] {
  const apps: AppInProgress[] = [];
  for (const { name, value } of flags) {
    if (name === "app") apps.push({ name: value, origins: [] });
    else addToApp(apps.at(-1), name, value);
  }
  return apps;
}

function addToApp(app: AppInProgress | undefined, name: "origin" | "key", value: string): void {
  if (app === undefined)
    throw new UsageError(`--${name} ${value} comes before any --app; put it after its app`);
  if (name === "origin") {
    app.origins.push(value);
    return;
  }
  if (app.key !== undefined) throw new UsageError(`app "${app.name}" has two keys; keep one --key`);
  app.key = value;
}
