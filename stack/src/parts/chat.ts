import { Child } from "../child.ts";
import type { Part } from "../part.ts";
import { ROOT } from "../root.ts";

const PART = "chat server";
const READY_TIMEOUT_MS = 15_000;

/** The demo chat: the page, its WebSocket and the server's metrics. */
export interface ChatPart extends Part {
  readonly pageUrl: string;
  readonly metricsUrl: string;
}

interface ListeningLine {
  readonly page: string;
  readonly metrics: string;
}

/** Starts the demo chat. */
export async function startChat(options: {
  stateDir: string;
  port: number;
  metricsPort: number;
  app: string;
  collectorUrl: string;
}): Promise<ChatPart> {
  const child = new Child({
    part: PART,
    logFile: `${options.stateDir}/chat.log`,
    program: process.execPath,
    args: [`${ROOT}demo/server/dist/main.js`],
    env: {
      HOST: "127.0.0.1",
      PORT: String(options.port),
      METRICS_PORT: String(options.metricsPort),
      APP: options.app,
      COLLECTOR_URL: options.collectorUrl,
      // Whoever restarts the stack has their pages connected again, with their session.
      STATE_DIR: `${options.stateDir}/chat`,
    },
  });
  const { page, metrics } = await child.listening<ListeningLine>(READY_TIMEOUT_MS);
  const metricsUrl = `${metrics}/metrics`;
  return {
    name: PART,
    summary: `${page}  metrics ${metricsUrl}`,
    pageUrl: page,
    metricsUrl,
    died: child.obituary,
    stop: () => child.stop(),
  };
}
