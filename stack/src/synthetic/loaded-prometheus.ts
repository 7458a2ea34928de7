import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RuleGroup } from "@sockscope/alerts";
import { stringify } from "yaml";
import { Child } from "../child.ts";
import { freePort } from "../free-port.ts";
import { program, readPrograms } from "../programs.ts";
import { type Scrapes, writeOpenMetrics } from "./open-metrics.ts";
import type { SyntheticSeries } from "./series.ts";

const READY_TIMEOUT_MS = 30_000;
/** A scrape may come late by as much. */
const LATE_SECONDS = 2;

/** A Prometheus that scrapes nothing and has samples of a time long ago. */
export interface LoadedPrometheus {
  readonly url: string;
  stop(): Promise<void>;
}

/** What a Prometheus is to have. */
export interface Loaded {
  readonly series: readonly SyntheticSeries[];
  readonly scrapes: Scrapes;
  /** Recording rules, as if they had been evaluated all the time. Default: none. */
  readonly recording?: readonly RuleGroup[];
}

async function promtool(args: readonly string[]): Promise<void> {
  await promisify(execFile)(program(readPrograms(), "promtool"), args, { maxBuffer: 2 ** 26 });
}

/**
 * What scraping leaves behind where a series ends and a file of samples cannot say: that it has ended. Where none is
 * missing, a look back of a scrape finds the same.
 */
function lookBack({ everySeconds }: Scrapes): string {
  return `--query.lookback-delta=${everySeconds + LATE_SECONDS}s`;
}

async function start(folder: string, scrapes: Scrapes): Promise<{ url: string; child: Child }> {
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const child = new Child({
    part: "prometheus",
    logFile: join(folder, "prometheus.log"),
    program: program(readPrograms(), "prometheus"),
    args: [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      "--storage.tsdb.retention.time=100y",
      `--web.listen-address=${address}`,
      lookBack(scrapes),
      "--log.level=warn",
    ],
  });
  await child.answering(`${url}/-/ready`, READY_TIMEOUT_MS);
  return { url, child };
}

/** Evaluates recording rules over all the time that there is, each as often as anything is scraped. */
async function backfill(folder: string, url: string, { scrapes, recording = [] }: Loaded): Promise<void> {
  const groups = recording.map(({ name, rules }) => ({ name, rules }));
  writeFileSync(join(folder, "rules.yml"), stringify({ groups }, { lineWidth: 0 }));
  const blocks = join(folder, "recorded");
  await promtool([
    ...["tsdb", "create-blocks-from", "rules", `--url=${url}`, `--output-dir=${blocks}`],
    `--start=${scrapes.from}`,
    `--end=${scrapes.until}`,
    `--eval-interval=${scrapes.everySeconds}s`,
    join(folder, "rules.yml"),
  ]);
  for (const block of readdirSync(blocks)) renameSync(join(blocks, block), join(folder, "data", block));
}

/** Starts a Prometheus on loopback that has these series, loaded by promtool. */
export async function loadPrometheus(loaded: Loaded): Promise<LoadedPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), "sockscope-synthetic-"));
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "prometheus.yml"), "{}\n");
  let running: Child | undefined;
  const stop = async (): Promise<void> => {
    await running?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (loaded.series.length > 0) await load(folder, loaded);
    let { url, child } = await start(folder, loaded.scrapes);
    running = child;
    if (loaded.recording !== undefined && loaded.recording.length > 0 && loaded.series.length > 0) {
      await backfill(folder, url, loaded);
      await child.stop();
      ({ url, child } = await start(folder, loaded.scrapes));
      running = child;
    }
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function load(folder: string, { series, scrapes }: Loaded): Promise<void> {
  const file = join(folder, "samples.txt");
  await writeOpenMetrics(file, series, scrapes);
  await promtool(["tsdb", "create-blocks-from", "openmetrics", "--quiet", file, join(folder, "data")]);
  rmSync(file);
}
