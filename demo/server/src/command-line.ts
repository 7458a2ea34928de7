import { parseArgs } from "node:util";
import type { DemoOptions } from "./start-demo.ts";

const OPTIONS = {
  host: { type: "string" },
  port: { type: "string" },
  "metrics-host": { type: "string" },
  "metrics-port": { type: "string" },
  "collector-url": { type: "string" },
  app: { type: "string" },
} as const;

/**
 * The demo's options from flags (`--metrics-port 9000`), else from the environment (`METRICS_PORT=9000`).
 *
 * @throws Error that names the option when a value is missing or is not what it should be
 */
export function demoOptions(args: readonly string[], env: NodeJS.ProcessEnv): DemoOptions {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const collectorUrl = values["collector-url"] ?? env["COLLECTOR_URL"] ?? "";
  if (!/^https?:/.test(collectorUrl) || !URL.canParse(collectorUrl)) {
    throw new Error(`--collector-url is "${collectorUrl}"; give the collector's base URL, http://HOST:PORT`);
  }
  const app = values.app ?? env["APP"];
  return {
    collectorUrl,
    ...(app === undefined ? {} : { app }),
    host: values.host ?? env["HOST"] ?? "127.0.0.1",
    port: parsePort("--port", values.port ?? env["PORT"] ?? "8000"),
    metricsHost: values["metrics-host"] ?? env["METRICS_HOST"] ?? "127.0.0.1",
    metricsPort: parsePort("--metrics-port", values["metrics-port"] ?? env["METRICS_PORT"] ?? "8001"),
  };
}

function parsePort(flag: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`${flag} is "${text}"; give a port from 0 (any free one) to 65535`);
}
