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

/** Starts the collector with a configuration, through the same command that production uses. */
export async function startCollectorPart(options: {
  stateDir: string;
  /** The configuration's file. */
  configuration: string;
  ingestPort: number;
  adminPort: number;
}): Promise<CollectorPart> {
  const child = new Child({
    part: PART,
    logFile: `${options.stateDir}/collector.log`,
    program: process.execPath,
    args: [
      `${ROOT}cli/dist/sockscope.js`,
      "collector",
      `--listen=127.0.0.1:${options.ingestPort}`,
      `--admin=127.0.0.1:${options.adminPort}`,
      `--config=${options.configuration}`,
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
