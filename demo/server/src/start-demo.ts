import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Catalog } from "@sockscope/catalog";
import { catalogOf, readConfig } from "@sockscope/config";
import { instrumentServer } from "@sockscope/server";
import { Registry } from "prom-client";
import { Chat } from "./chat.ts";
import { CHAT_ROUTE, ChatServer } from "./chat-server.ts";
import { listen, stopListening } from "./listen.ts";
import { metricsApp } from "./metrics-app.ts";
import { pageApp } from "./page-app.ts";
import { PageNotBuiltError } from "./page-not-built-error.ts";
import { type Schedule, scheduleOnTimers } from "./schedule.ts";
import { SessionTokens } from "./session-tokens.ts";

const BUILT_PAGE_DIR = fileURLToPath(new URL("../../page/dist/site", import.meta.url));
const CONFIGURATION = fileURLToPath(new URL("../../sockscope.config.json", import.meta.url));
const DEFAULT_APP = "chat";
const SESSION_LIFETIME_MS = 900_000;

/** How to start the demo. */
export interface DemoOptions {
  /** The base URL of the collector that the page reports to. The collector must allow the page's origin. */
  readonly collectorUrl: string;
  /** The app's name in the collector's configuration, and the label `app` of the server's metrics. Default: `chat`. */
  readonly app?: string;
  /** Where the page and its WebSocket listen. Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: 0, any free port. */
  readonly port?: number;
  /** Where the metrics listen. Default: 127.0.0.1. */
  readonly metricsHost?: string;
  /** Default: 0, any free port. */
  readonly metricsPort?: number;
  /** The directory of the built page. Default: what `npm run build` of this package writes. */
  readonly pageDir?: string;
  /** Takes structured log lines. Default: no log. */
  readonly log?: (line: object) => void;
  /** Times think time, expiry and drain. Default: Node's timers. */
  readonly schedule?: Schedule;
  /** Default: `Math.random`. */
  readonly random?: () => number;
}

/** A running demo. */
export interface Demo {
  /** The base URL of the page; its WebSocket is at `/ws`. */
  readonly pageUrl: string;
  /** The base URL of `/metrics` and `/healthz`. */
  readonly metricsUrl: string;
  /** Drains the chat, then stops. Takes a few seconds at most. */
  close(): Promise<void>;
}

/**
 * Starts the chat, its page and its metrics.
 *
 * @throws PageNotBuiltError when there is no page to serve
 * @throws InvalidAppError when the app's name cannot be a label
 * @throws Error of the system when an address cannot be listened on
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const pageDir = options.pageDir ?? BUILT_PAGE_DIR;
  if (!existsSync(join(pageDir, "index.html"))) throw new PageNotBuiltError(pageDir);
  const registry = new Registry();
  const tokens = new SessionTokens(SESSION_LIFETIME_MS);
  const app = options.app ?? DEFAULT_APP;
  const catalog = catalogOf(await readConfig(CONFIGURATION));
  const chatServer = createChatServer(options, { app, registry, tokens, catalog });
  const config = { collector: options.collectorUrl, app };
  const pageServer = createServer(pageApp({ pageDir, config, tokens, chatServer }));
  pageServer.on("upgrade", (request, stream, head) => void chatServer.upgrade(request, stream, head));
  const metricsServer = createServer(metricsApp(registry));

  const close = async (): Promise<void> => {
    await chatServer.drain();
    await Promise.all([stopListening(pageServer), stopListening(metricsServer)]);
  };
  try {
    const metricsUrl = await listen(
      metricsServer,
      options.metricsHost ?? "127.0.0.1",
      options.metricsPort ?? 0,
    );
    const pageUrl = await listen(pageServer, options.host ?? "127.0.0.1", options.port ?? 0);
    return { pageUrl, metricsUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function createChatServer(
  options: DemoOptions,
  {
    app,
    registry,
    tokens,
    catalog,
  }: { app: string; registry: Registry; tokens: SessionTokens; catalog: Catalog },
): ChatServer {
  const { schedule = scheduleOnTimers, random = Math.random, log = () => {} } = options;
  return new ChatServer({
    chat: new Chat({ schedule, random, catalog }),
    tokens,
    instrumentation: instrumentServer({ app, registry, routes: [CHAT_ROUTE], log, catalog }),
    schedule,
    reportError: (error, correlationId) =>
      log({ event: "error", correlation_id: correlationId, message: String(error) }),
  });
}
