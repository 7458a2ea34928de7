import type { IncomingMessage } from "node:http";
import { type Listening, serve } from "../listening.ts";

/** What arrived of one request. */
export interface Arrival {
  /** When, in ms. */
  readonly at: number;
  readonly bodyBytes: number;
  /** Request line, headers and body, as HTTP/1.1 has them. */
  readonly bytes: number;
}

/** Accepts everything from everywhere, and remembers how much it was. */
export interface RecordingCollector extends Listening {
  readonly arrivals: readonly Arrival[];
}

/** A collector to which nothing was sent yet. */
export async function startRecordingCollector(): Promise<RecordingCollector> {
  const arrivals: Arrival[] = [];
  const listening = await serve((request, response) => {
    let bodyBytes = 0;
    request.on("data", (chunk: Buffer) => {
      bodyBytes += chunk.byteLength;
    });
    request.on("end", () => {
      arrivals.push({ at: performance.now(), bodyBytes, bytes: headBytes(request) + bodyBytes });
      response.writeHead(request.method === "POST" && request.url?.startsWith("/v1/batches") ? 204 : 200, {
        "Access-Control-Allow-Origin": "*",
        // Asked by whoever sends what is no plain text; the answer holds for as long as a browser lets it.
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "7200",
      });
      response.end();
    });
  });
  return { ...listening, arrivals };
}

function headBytes({ method, url, httpVersion, rawHeaders }: IncomingMessage): number {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return Buffer.byteLength(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}
