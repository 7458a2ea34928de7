import { demoOptions } from "./command-line.ts";
import { rotateKeys } from "./rotate-keys.ts";
import { startDemo } from "./start-demo.ts";

async function main(): Promise<void> {
  const demo = await startDemo({ ...demoOptions(process.argv.slice(2), process.env), log: printLine });
  printLine({ event: "listening", page: demo.pageUrl, metrics: demo.metricsUrl, max_series: demo.maxSeries });
  const stop = (): void => void demo.close().then(() => process.exit(0), fail);
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // A command that needs no port: kill -USR2 PID.
  process.on("SIGUSR2", () => rotateKeys(demo, printLine));
}

function printLine(line: object): void {
  process.stdout.write(`${JSON.stringify({ ...line, time: new Date().toISOString() })}\n`);
}

function fail(error: unknown): void {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
