import { rmSync } from "node:fs";
import { join } from "node:path";
import type { RuleGroup } from "@sockscope/alerts";
import { type Scrapes, writeOpenMetrics } from "./open-metrics.ts";
import { OwnPrometheus, promtool } from "./own-prometheus.ts";
import type { SyntheticSeries } from "./series.ts";

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

/**
 * What scraping leaves behind where a series ends and a file of samples cannot say: that it has ended. Where none is
 * missing, a look back of a scrape finds the same.
 */
function lookBack({ everySeconds }: Scrapes): string {
  return `--query.lookback-delta=${everySeconds + LATE_SECONDS}s`;
}

async function load({ folder, data }: OwnPrometheus, { series, scrapes }: Loaded): Promise<void> {
  const file = join(folder, "samples.txt");
  await writeOpenMetrics(file, series, scrapes);
  await promtool(["tsdb", "create-blocks-from", "openmetrics", "--quiet", file, data]);
  rmSync(file);
}

/** Starts a Prometheus on loopback that has these series, loaded by promtool. */
export async function loadPrometheus(loaded: Loaded): Promise<LoadedPrometheus> {
  const { series, scrapes, recording = [] } = loaded;
  const prometheus = new OwnPrometheus([lookBack(scrapes)]);
  try {
    if (series.length > 0) await load(prometheus, loaded);
    await prometheus.start();
    // Whatever is recorded more rarely than anything is scraped would have gaps: nobody looks back further.
    const groups = recording.map(({ name, rules }) => ({ name, rules }));
    if (series.length > 0 && groups.length > 0) await prometheus.record(groups, scrapes);
    return prometheus;
  } catch (error) {
    await prometheus.stop();
    throw error;
  }
}
