import { SESSION_SILENCE_MS } from "../measurement-times.ts";
import type { LabelsOf } from "../metric.ts";
import type * as collector from "../metrics/collector.ts";
import type { MetricAbout } from "./metric-about.ts";

/** What there is to know of each metric that the collector keeps about itself. A metric without an entry does not compile. */
export const COLLECTOR_ABOUT: {
  readonly [Symbol in keyof typeof collector]: MetricAbout<LabelsOf<(typeof collector)[Symbol]>>;
} = {
  COLLECTOR_BATCHES: {
    help: "Requests that carried a batch, by app and by what became of the batch.",
    unit: "batches",
    readAs: "`refused` as a share: honest pages whose measurements do not arrive.",
    doNot: "read `duplicate` as a fault: it is what makes retries safe.",
    impossible: [{ app: "other", result: ["accepted", "duplicate"] }],
  },
  COLLECTOR_MEASUREMENTS: {
    help: "Measurements (counted events and observed values) of accepted batches, by app, without those left out and without what SDKs report as lost.",
    unit: "measurements",
    readAs: "The denominator of every loss.",
    doNot: "read it as traffic: an SDK adds up before it sends.",
  },
  COLLECTOR_REFUSALS: {
    help: "Requests refused, by app and error code; app other is a request that named no configured app.",
    unit: "requests",
    readAs: "Whose pages are turned away, and why; the log and /status have a sample of the messages.",
    doNot: "alert on PATH, METHOD and HTTP: those are scanners.",
  },
  COLLECTOR_LEFT_OUT: {
    help: "Entries of accepted batches that this collector does not know, by app and reason.",
    unit: "entries",
    readAs: "A rise after a release of the pages: the collector is older than they are.",
    doNot: "read it as refused: the rest of the batch counted.",
  },
  COLLECTOR_SEQUENCE_GAPS: {
    help: "Batches that a session numbered and that never came, by app; certain only when the number leaves the window or the session expires.",
    unit: "batches",
    readAs: "A share of accepted batches, some half an hour late.",
    doNot:
      "read it as loss of now. Do not expect a session's last batches in it: nobody knows that they were.",
  },
  COLLECTOR_SESSIONS_ENDED: {
    help: `Sessions that ended, once each, by app: left when a batch said that the page goes away, vanished when nothing came for ${SESSION_SILENCE_MS / 1000} s.`,
    unit: "sessions",
    readAs: "`vanished` as a share: crashes, lost last words, machines that sleep.",
    doNot:
      "read `vanished` as crashes alone: a laptop that is closed vanishes, a worker always does, and so does a page that takes its consent back.",
  },
  COLLECTOR_JOURNAL_LAG: {
    help: "Age of the oldest batch that is not yet durable.",
    unit: "seconds",
    readAs: "Milliseconds; a rise is a disk that does not keep up.",
    doNot: "read it as delay of the metrics: a scrape is rarer.",
    declaredOnly: true,
  },
  COLLECTOR_SERIES: {
    help: "Series that this collector exposes; fixed when it starts.",
    unit: "series",
    readAs: "What it costs in Prometheus, exactly.",
    doNot: "alert on it: no input can change it.",
  },
  COLLECTOR_SESSIONS: {
    help: "Sessions whose deduplication window is held in memory.",
    unit: "sessions",
    readAs: "How full the table is: at `--max-sessions` new pages are refused.",
    doNot: "read it as pages that are open: a session is remembered for half an hour after its end.",
  },
};
