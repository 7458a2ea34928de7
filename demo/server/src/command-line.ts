import { parseArgs } from "node:util";
import type { DemoOptions } from "./demo-options.ts";

const OPTIONS = {
  host: { type: "string" },
  port: { type: "string" },
  "metrics-host": { type: "string" },
  "metrics-port": { type: "string" },
  "collector-url": { type: "string" },
  app: { type: "string" },
  "state-dir": { type: "string" },
  "redis-url": { type: "string" },
  "allow-origin": { type: "string", multiple: true },
  "runbooks-dir": { type: "string" },
  "published-on-loopback": { type: "boolean" },
  "secure-cookie": { type: "boolean" },
  "development-query-token": { type: "boolean" },
} as const;

/**
 * The demo's options from flags (`--metrics-port 9000`), else from the environment (`METRICS_PORT=9000`).
 *
 * @throws Error that names the option when a value is missing or is not what it should be
 */
export function demoOptions(args: readonly string[], env: NodeJS.ProcessEnv): DemoOptions {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const app = values.app ?? env["APP"];
  const stateDir = values["state-dir"] ?? env["STATE_DIR"];
  const runbooksDir = values["runbooks-dir"] ?? env["RUNBOOKS_DIR"];
  const isOnLoopback = values["published-on-loopback"] ?? env["PUBLISHED_ON_LOOPBACK"] === "1";
  const redisUrl = values["redis-url"] ?? env["REDIS_URL"];
  return {
    collectorUrl: parseUrl("--collector-url", values["collector-url"] ?? env["COLLECTOR_URL"], [
      "http:",
      "https:",
    ]),
    ...(app !== undefined && { app }),
    ...(stateDir !== undefined && { stateDir }),
    ...(runbooksDir !== undefined && { runbooksDir }),
    ...(isOnLoopback && { publishedOnLoopback: true }),
    ...(redisUrl !== undefined && { redisUrl: parseUrl("--redis-url", redisUrl, ["redis:", "rediss:"]) }),
    allowedOrigins: (values["allow-origin"] ?? []).map(parseOrigin),
    ...(values["secure-cookie"] && { secureCookie: true }),
    ...(values["development-query-token"] && { developmentQueryToken: true }),
    host: values.host ?? env["HOST"] ?? "127.0.0.1",
    port: parsePort("--port", values.port ?? env["PORT"] ?? "8000"),
    metricsHost: values["metrics-host"] ?? env["METRICS_HOST"] ?? "127.0.0.1",
    metricsPort: parsePort("--metrics-port", values["metrics-port"] ?? env["METRICS_PORT"] ?? "8001"),
  };
}

function parseUrl(flag: string, text = "", protocols: readonly string[]): string {
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  throw new Error(`${flag} is "${text}"; give a URL such as ${protocols[0]}//HOST:PORT`);
}

function parseOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text) return text;
  throw new Error(`--allow-origin is "${text}"; give an origin such as https://chat.example`);
}

function parsePort(flag: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`${flag} is "${text}"; give a port from 0 (any free one) to 65535`);
}
