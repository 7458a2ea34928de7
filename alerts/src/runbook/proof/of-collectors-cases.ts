import {
  COLLECTOR_BATCHES,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_SESSIONS,
  DEFAULT_CATALOG,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { SCRAPE_DURATION } from "../metrics/prometheus-metrics.ts";
import type { RunbookCases } from "../runbook-cases.ts";
import { PAGES } from "./healthy-chat.ts";
import { collector } from "./healthy-prometheus.ts";

/** Of the questions in `of-collectors.ts`, by their ids. */
export const COLLECTOR_CASES: RunbookCases["broken"] = {
  "collectors-scraped": { [selector("up", collector())]: "1x60 0x40" },
  "measurements-counted": { [selector(COLLECTOR_MEASUREMENTS.name, PAGES)]: "1000x100" },
  "refused-share": { [selector(COLLECTOR_BATCHES.name, { ...PAGES, result: "refused" })]: "0+400x100" },
  "sessions-remembered": { [selector(COLLECTOR_SESSIONS.name, collector())]: "195000x100" },
  "dropped-by-pages": { [selector(TELEMETRY_LOST.name, { ...PAGES, where: "queue" })]: "0+4000x100" },
  "slowest-scrape": Object.fromEntries(
    [DEFAULT_CATALOG.jobs.collectors, DEFAULT_CATALOG.jobs.servers].map((job) => [
      selector(SCRAPE_DURATION.name, { job, instance: "slow:9464" }),
      "10x100",
    ]),
  ),
};
