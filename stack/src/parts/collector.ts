import { readFileSync, writeFileSync } from "node:fs";
import type { ConfigInput } from "@sockscope/config";
import { Child } from "../child.ts";
import type { Part } from "../part.ts";
import { ROOT } from "../root.ts";

const PART = "collector";
const READY_TIMEOUT_MS = 15_000;

/** The collector, as its own process. */
export interface CollectorPart extends Part {
  readonly ingestUrl: string;
  readonly adminUrl: string;
}

interface ListeningLine {
  readonly ingest: string;
  readonly admin: string;
  readonly series: number;
}

/** The demo's own words, which the collector knows besides the product's. */
const DEMO_CONFIGURATION = `${ROOT}demo/sockscope.config.json`;

/** Writes the demo's configuration for the ports of this stack. */
function writeConfiguration(file: string, apps: readonly string[], origin: string): void {
  const { $schema: _editorsOnly, ...demo } = JSON.parse(
    readFileSync(DEMO_CONFIGURATION, "utf8"),
  ) as ConfigInput;
  const config: ConfigInput = { ...demo, apps: apps.map((name) => ({ name, origins: [origin] })) };
  writeFileSync(file, JSON.stringify(config, null, 2));
}

/** Starts the collector for apps of one origin, through the same command that production uses. */
export async function startCollectorPart(options: {
  stateDir: string;
  apps: readonly string[];
  origin: string;
  ingestPort: number;
  adminPort: number;
}): Promise<CollectorPart> {
  const configuration = `${options.stateDir}/sockscope.config.json`;
  writeConfiguration(configuration, options.apps, options.origin);
  const child = new Child({
    part: PART,
    logFile: `${options.stateDir}/collector.log`,
    program: process.execPath,
    args: [
      `${ROOT}cli/dist/sockscope.js`,
      "collector",
      `--listen=127.0.0.1:${options.ingestPort}`,
      `--admin=127.0.0.1:${options.adminPort}`,
      `--config=${configuration}`,
    ],
  });
  const { ingest, admin, series } = await child.listening<ListeningLine>(READY_TIMEOUT_MS);
  return {
    name: PART,
    summary: `${ingest}  metrics ${admin}/metrics  ${series} series`,
    ingestUrl: ingest,
    adminUrl: admin,
    died: child.obituary,
    stop: () => child.stop(),
  };
}
