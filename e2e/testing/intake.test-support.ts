import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { until } from "@sockscope/stack";

const ARRIVAL_TIMEOUT_MS = 30_000;

/** An event as Datadog's intake gets it, as far as tests read it. */
export interface RumEvent {
  readonly type: string;
  readonly date: number;
  readonly context?: { readonly websocket?: unknown };
  readonly action?: { readonly type: string; readonly target?: { readonly name: string } };
  readonly vital?: { readonly type: string; readonly name: string; readonly duration: number };
}

/** Serves a page with RUM in it, whose intake is this server. */
export interface Intake {
  readonly origin: string;
  /** Where the page's batches would have gone. */
  readonly forwarded: readonly string[];
  /** The events of a type, when there are so many; after a while those that there are. */
  events(type: string, count: number): Promise<readonly RumEvent[]>;
  close(): Promise<void>;
}

/** A batch is an event a line. */
async function eventsIn(request: IncomingMessage): Promise<RumEvent[]> {
  return (await text(request)).split("\n").map((line) => JSON.parse(line) as RumEvent);
}

/**
 * Starts an intake on a free port of loopback.
 *
 * @param script of its page
 */
export async function serveIntake(script: string): Promise<Intake> {
  const received: RumEvent[] = [];
  const forwarded: string[] = [];
  const page = `<!doctype html><title>RUM</title><link rel="icon" href="data:," /><script>${script.replaceAll("</script", "<\\/script")}</script>`;
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://intake.test");
    if (pathname === "/intake") {
      forwarded.push(searchParams.get("ddforward") ?? "");
      received.push(...(await eventsIn(request)));
      response.writeHead(202).end();
    } else response.setHeader("Content-Type", "text/html").end(page);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forwarded,
    events: async (type, count) => {
      const now = () => received.filter((event) => event.type === type);
      await until(async () => now().length >= count || undefined, { timeoutMs: ARRIVAL_TIMEOUT_MS });
      return now();
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
