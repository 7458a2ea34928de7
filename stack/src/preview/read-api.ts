import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

/** What a page may ask of Prometheus: what only reads. */
const PROMETHEUS: readonly Allowed[] = [
  { path: /^\/api\/v1\/(?:query|query_range|query_exemplars|series|labels)$/, methods: ["GET", "POST"] },
  { path: /^\/api\/v1\/(?:rules|alerts|metadata|targets|status\/buildinfo)$/, methods: ["GET"] },
  { path: /^\/api\/v1\/label\/\w+\/values$/, methods: ["GET"] },
];

/** What a page may ask of Alertmanager: what only reads. Silences are made with amtool. */
const ALERTMANAGER: readonly Allowed[] = [
  { path: /^\/api\/v2\/(?:alerts|alerts\/groups|silences|receivers|status)$/, methods: ["GET"] },
];

const MAX_BODY_BYTES = 1_000_000;
const TIMEOUT_MS = 60_000;

interface Allowed {
  readonly path: RegExp;
  readonly methods: readonly string[];
}

/** Where a page's questions go. */
export interface Upstreams {
  readonly prometheusUrl: string;
  readonly alertmanagerUrl: string;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${message}\n`);
}

/** Passes a question on, and the answer back. */
async function passOn(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Nobody waits any more for what somebody asked who has gone.
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const isPost = request.method === "POST";
  const body = isPost ? await bodyOf(request) : undefined;
  if (isPost && body === undefined) return refuse(response, 413, "The question is too long.");
  const answer = await fetch(url, {
    method: isPost ? "POST" : "GET",
    signal: AbortSignal.any([gone.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    ...(isPost ? { headers: { "content-type": "application/x-www-form-urlencoded" } } : {}),
  }).catch(() => undefined);
  if (gone.signal.aborted) return;
  if (answer === undefined) return refuse(response, 502, `${new URL(url).origin} does not answer.`);
  response.writeHead(answer.status, {
    "content-type": answer.headers.get("content-type") ?? "application/json",
    "cache-control": "no-store",
  });
  if (answer.body === null) response.end();
  else await pipeline(Readable.fromWeb(answer.body as ReadableStream), response);
}

/** A page's access to Prometheus and Alertmanager, which can only read. */
export interface ReadApi {
  /** Answers a request that is one of these. Returns false when it is none. */
  serve(url: URL, request: IncomingMessage, response: ServerResponse): boolean;
}

/** Lets a page read, through the server that it comes from. */
export function readApi({ prometheusUrl, alertmanagerUrl }: Upstreams): ReadApi {
  const upstreams = [
    { prefix: "/prometheus", to: prometheusUrl, allowed: PROMETHEUS },
    { prefix: "/alertmanager", to: alertmanagerUrl, allowed: ALERTMANAGER },
  ];
  return {
    serve({ pathname, search }, request, response) {
      const upstream = upstreams.find(({ prefix }) => pathname.startsWith(`${prefix}/`));
      if (upstream === undefined) return false;
      const path = pathname.slice(upstream.prefix.length);
      const rule = upstream.allowed.find((allowed) => allowed.path.test(path));
      if (rule === undefined) refuse(response, 404, `${path} is not among what the preview asks.`);
      else if (!rule.methods.includes(request.method ?? "")) refuse(response, 405, "The preview only reads.");
      else
        passOn(`${upstream.to}${path}${search}`, request, response).catch(() => {
          // Whoever asked has gone, or the answer broke off: there is nobody to tell.
          response.destroy();
        });
      return true;
    },
  };
}
