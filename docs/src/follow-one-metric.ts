import { readSource } from "./root.ts";
import { table } from "./table.ts";

/** A place that a measurement passes: the one line of the file that contains the text. */
interface Hop {
  readonly what: string;
  readonly file: string;
  readonly line: string;
}

/** The way of `ws_client_closes_total`, from its declaration to the page that on-call reads. */
const HOPS: readonly Hop[] = [
  {
    what: "declared, with its labels and their values",
    file: "catalog/src/metrics/client.ts",
    line: "export const CLOSES:",
  },
  {
    what: "the demo page's chat socket hands its connection to the SDK",
    file: "sdk/src/socket/socket-record.ts",
    line: "sockscope?.observe(socket",
  },
  {
    what: "the socket's close event is observed",
    file: "sdk/src/observe/observe-socket.ts",
    line: 'onEvent("close"',
  },
  {
    what: "and counted under its code, its phase and who ended it",
    file: "sdk/src/observe/connection.ts",
    line: "recorder.count(CLOSES",
  },
  {
    what: "added into its slot",
    file: "sdk/src/record/recorder.ts",
    line: "  function add(",
  },
  { what: "taken as a delta", file: "sdk/src/record/recorder.ts", line: "  function read(" },
  {
    what: "closed under a number",
    file: "sdk/src/ship/shipper.ts",
    line: "= closeBatch(batchOf(deltas, seq + 1",
  },
  { what: "sent", file: "sdk/src/ship/post.ts", line: "host.fetch(url" },
  {
    what: "the collector checks the sender, then reads the body",
    file: "collector/src/ingest/ingest-listener.ts",
    line: "const sender = checkSender(",
  },
  {
    what: "checks the batch against the catalog",
    file: "collector/src/ingest/accept-batch.ts",
    line: "const resolved = resolveBatch(",
  },
  {
    what: "remembers the number and adds the delta, together",
    file: "collector/src/ingest/accept-batch.ts",
    line: "registry.apply(reportedIncrements)",
  },
  {
    what: "exposed on /metrics",
    file: "collector/src/admin/admin-app.ts",
    line: '"/metrics"',
  },
  {
    what: "scraped by Prometheus",
    file: "stack/src/prometheus-config.ts",
    line: "job_name: jobs.collectors",
  },
  {
    what: "recorded as a rate",
    file: "slo/src/recording-rules.ts",
    line: "export const CLOSES_RATE_5M:",
  },
  {
    what: "shown in a panel",
    file: "dashboards/src/connections/ends.ts",
    line: "function closeCodesPanel",
  },
  {
    what: "alerted on, as the sessions that it affected",
    file: "alerts/src/symptoms/ws-auth-close-spike/alerts.ts",
    line: "export function wsAuthCloseSpikeRules",
  },
  { what: "routed to the pager", file: "alerts/src/receivers.ts", line: "function pagerduty" },
  {
    what: "explained to whoever is on call",
    file: "runbooks/pages/WsAuthCloseSpike.md",
    line: "# WsAuthCloseSpike",
  },
  {
    what: "and followed all this way by a test, in a real browser",
    file: "e2e/follow-one-metric.test.ts",
    line: 'describe("one metric',
  },
];

function lineNumber({ file, line }: Hop): number {
  const lines = readSource(file).split("\n");
  const found = lines.flatMap((text, index) => (text.includes(line) ? [index + 1] : []));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(
      `${file} has ${found.length} lines with \`${line}\`; the README's table needs exactly one.`,
    );
  }
  return only;
}

/** The README's table. It fails to generate when a hop is no longer where it says. */
export function followOneMetricSection(): string {
  const rows = HOPS.map((hop) => {
    const number = lineNumber(hop);
    return [hop.what, `[${hop.file}:${number}](${hop.file}#L${number})`];
  });
  return table(["what happens", "where"], rows);
}
