import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Config, type ConfigInput, checkConfig } from "@sockscope/config";
import { deploymentFiles } from "sockscope";
import { ROOT } from "./root.ts";

/** The demo's own words, which the collector knows besides the product's. */
const DEMO_CONFIGURATION = `${ROOT}demo/sockscope.config.json`;

/** What a stack is deployed from: a configuration, and what it generates. */
export interface Deployment {
  /** The configuration's file, as the collector reads it too. */
  readonly configuration: string;
  /** Has `dashboards`, `alerts` and `runbooks`. */
  readonly generatedDir: string;
}

/** Writes the demo's configuration for the addresses of this stack. */
function writeConfiguration(file: string, options: DeploymentOptions): Config {
  const { apps, origin, previewUrl, alerts } = options;
  const { $schema: _editorsOnly, ...demo } = JSON.parse(
    readFileSync(DEMO_CONFIGURATION, "utf8"),
  ) as ConfigInput;
  const config: ConfigInput = {
    ...demo,
    apps: apps.map((name) => ({ name, origins: [origin] })),
    links: { grafana: previewUrl, runbooks: `${previewUrl}/runbooks` },
    ...(alerts === undefined ? {} : { alerts }),
  };
  writeFileSync(file, JSON.stringify(config, null, 2));
  return checkConfig(config, file);
}

/** What is known of a stack before it starts. */
export interface DeploymentOptions {
  readonly stateDir: string;
  readonly apps: readonly string[];
  /** Of the pages that may report. */
  readonly origin: string;
  /** Where dashboards and runbooks will be. */
  readonly previewUrl: string;
  /** Numbers of alerts. Default: the product's own, which are for more users than a stack has. */
  readonly alerts?: ConfigInput["alerts"] | undefined;
  /** How long the condition of every alert has to hold, as a Prometheus duration. Default: as long as each rule says. */
  readonly holds?: string | undefined;
}

/** What a file is loaded as. */
function loaded(file: string, content: string, { holds }: DeploymentOptions): string {
  if (holds === undefined || file !== RULES) return content;
  return content.replaceAll(/^(\s+for: ).+$/gm, `$1${holds}`);
}

const RULES = "alerts/rules.yml";

/** Nobody is called: Alertmanager shows what it got. A configuration has to name somebody, so this is none of it. */
const NOBODY = { page: {} };

/**
 * Generates what a stack loads, as `sockscope generate` does for any deployment: dashboards, rules, routing, runbooks.
 *
 * @throws ConfigError when the demo's configuration has a mistake
 */
export function generateDeployment(options: DeploymentOptions): Deployment {
  const configuration = `${options.stateDir}/sockscope.config.json`;
  const generatedDir = `${options.stateDir}/generated`;
  const config = { ...writeConfiguration(configuration, options), receivers: NOBODY };
  // What an earlier start generated may be of other sources.
  rmSync(generatedDir, { recursive: true, force: true });
  for (const [file, content] of deploymentFiles(config, ["operations"], configuration).files) {
    const path = `${generatedDir}/${file}`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, loaded(file, content, options));
  }
  return { configuration, generatedDir };
}
