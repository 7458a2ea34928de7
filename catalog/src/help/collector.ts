import type * as collector from "../metrics/collector.ts";
import type { MetricHelp } from "./metric-help.ts";

/** What a reader needs to know of a metric that the collector keeps about itself. A metric without an entry does not compile. */
export const COLLECTOR_HELP: Readonly<Record<keyof typeof collector, MetricHelp>> = {
  COLLECTOR_BATCHES: { help: "Batches, by what became of them.", unit: "batches" },
  COLLECTOR_REFUSALS: { help: "Requests refused, by error code.", unit: "requests" },
  COLLECTOR_LEFT_OUT: { help: "Entries of accepted batches that were left out, by reason.", unit: "entries" },
  COLLECTOR_SEQUENCE_GAPS: {
    help: "Batches that a session numbered and that were never counted.",
    unit: "batches",
  },
  COLLECTOR_JOURNAL_LAG: {
    help: "Age of the oldest batch that is not yet durable.",
    unit: "seconds",
    declaredOnly: true,
  },
  COLLECTOR_SERIES: { help: "Series that this collector exposes.", unit: "series" },
  COLLECTOR_SESSIONS: { help: "Sessions in the deduplication table.", unit: "sessions" },
};
