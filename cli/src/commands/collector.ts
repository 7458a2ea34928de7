import { type Collector, CollectorOptionsError, startCollector } from "@sockscope/collector";
import { DEFAULT_ADMIN, DEFAULT_LISTEN, parseCollectorOptions } from "../args/collector-options.ts";
import type { Command } from "../command.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const USAGE = `usage: sockscope collector --config FILE
       sockscope collector --app NAME --origin URL [--origin URL ...] [--key KEY] [--app ...]

Adds up what browsers report and exposes it to Prometheus.

  --listen HOST:PORT   where browsers send batches (SOCKSCOPE_LISTEN, default ${DEFAULT_LISTEN})
  --admin HOST:PORT    where /metrics, /status and /healthz are (SOCKSCOPE_ADMIN, default ${DEFAULT_ADMIN})
  --max-sessions N     how many pages are told apart at a time; each takes some 200 bytes (SOCKSCOPE_MAX_SESSIONS)
  --announce-token-file FILE
                       whoever sends what is in it may announce releases on the admin listener
                       (SOCKSCOPE_ANNOUNCE_TOKEN_FILE)
  --config FILE        apps, releases, frames, close codes and metrics: sockscope.config.json (SOCKSCOPE_CONFIG)
  --app NAME           an app whose pages may report (SOCKSCOPE_APP)
  --origin URL         an origin of the app before it (SOCKSCOPE_ORIGIN, several with commas)
  --key KEY            the public key of the app before it (SOCKSCOPE_KEY)

Port 0 lets the system choose. Prints one line of JSON when it listens. SIGTERM drains and exits.`;

/** `sockscope collector`: runs a collector until it is asked to stop. */
export const collectorCommand: Command = {
  name: "collector",
  summary: "adds up what browsers report and exposes it to Prometheus",
  usage: USAGE,
  run: runCollector,
};

async function runCollector(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = await parseCollectorOptions(args, terminal.environment);
  const stopRequested = terminal.stopRequested();
  const collector = await startCollector(options).catch((error: unknown) => {
    throw error instanceof CollectorOptionsError ? new UsageError(error.message, { cause: error }) : error;
  });
  const apps = options.apps.map(({ name }) => name);
  terminal.print(listeningLine(collector, apps));
  await stopRequested;
  await collector.close();
  return EXIT.done;
}

/** Scripts wait for this line and read the URLs from it. */
function listeningLine(collector: Collector, apps: readonly string[]): string {
  return JSON.stringify({
    event: "listening",
    ingest: collector.ingestUrl,
    admin: collector.adminUrl,
    apps,
    series: collector.series,
    series_per_app: collector.seriesPerApp,
    most_series: collector.mostSeries,
    series_bytes: collector.seriesBytes,
    max_sessions: collector.maxSessions,
    session_bytes: collector.sessionBytes,
  });
}
