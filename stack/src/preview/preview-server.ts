import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { GeneratedFolder } from "./generated-folder.ts";
import { readApi, type Upstreams } from "./read-api.ts";
import { type SiteFiles, siteFiles } from "./site-files.ts";

/** What the server of the preview is about. */
export interface PreviewServerOptions extends Upstreams {
  readonly port: number;
  /** The built site. Without it only runbooks are served, as they are written. */
  readonly site?: string | undefined;
  readonly generated: GeneratedFolder;
  /** How often Prometheus scrapes, as a Prometheus duration. */
  readonly scrapeInterval: string;
}

/** The pages of the site; its script finds out which. */
const PAGES = /^\/(?:$|alerts$|d\/|runbooks\/)/;
const RUNBOOK = /^\/(?:api\/)?runbooks\/(?<file>[^/]+)$/;
const DASHBOARD = /^\/api\/dashboards\/(?<uid>[^/]+)$/;

/** Everything comes from here; Grafana's components write styles into the page. */
const SECURITY: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

/** A name of elsewhere that was pointed at this machine is not answered. */
function isOurHost(host: string | undefined, port: number): boolean {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(host ?? "");
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" })
    .end(body);
}

const NOT_BUILT =
  "The preview of the dashboards is not built. `npm run up` says why, and builds it when it can.\n";

function decoded(text = ""): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** What the site asks for besides its files. Returns false when it is something else. */
function serveGenerated(path: string, response: ServerResponse, options: PreviewServerOptions): boolean {
  const { generated, scrapeInterval } = options;
  const orMissing = (type: string, body: string | undefined): true => {
    if (body === undefined) send(response, 404, "text/plain", "There is none of this name.\n");
    else send(response, 200, type, body);
    return true;
  };
  if (path === "/healthz") return orMissing("text/plain", "ok\n");
  if (path === "/api/preview") {
    const manifest = { timeInterval: scrapeInterval, dashboards: generated.dashboards() };
    return orMissing("application/json", JSON.stringify(manifest));
  }
  const uid = DASHBOARD.exec(path)?.groups?.["uid"];
  if (uid !== undefined) return orMissing("application/json", generated.dashboard(decoded(uid)));
  const file = RUNBOOK.exec(path)?.groups?.["file"];
  if (file === undefined || (options.site !== undefined && !path.startsWith("/api/"))) return false;
  return orMissing("text/markdown", generated.runbook(decoded(file)));
}

function servePage(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  files: SiteFiles | undefined,
): void {
  if (files === undefined) send(response, 503, "text/plain", NOT_BUILT);
  else if (path !== "/" && files.serve(path, request, response)) return;
  else if (PAGES.test(path) && files.serve("/index.html", request, response)) return;
  else send(response, 404, "text/plain", "There is no such page.\n");
}

/** What answers every request. */
function handler(options: PreviewServerOptions): (asked: Asked) => void {
  const api = readApi(options);
  const files = options.site === undefined ? undefined : siteFiles(options.site);
  return ({ request, response, port }) => {
    for (const [name, value] of Object.entries(SECURITY)) response.setHeader(name, value);
    if (!isOurHost(request.headers.host, port))
      return send(response, 421, "text/plain", "Ask by the address that `npm run up` printed.\n");
    const url = URL.parse(request.url ?? "/", "http://preview");
    if (url === null) return send(response, 400, "text/plain", "This is no address.\n");
    if (api.serve(url, request, response)) return;
    if (request.method !== "GET" && request.method !== "HEAD")
      return send(response, 405, "text/plain", "The preview only reads.\n");
    if (!serveGenerated(url.pathname, response, options)) servePage(url.pathname, request, response, files);
  };
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly port: number;
}

/** The server of the preview, on loopback. */
export async function startPreviewServer(options: PreviewServerOptions): Promise<Server> {
  const answer = handler(options);
  const server = createServer((request, response) => {
    try {
      answer({ request, response, port: (server.address() as AddressInfo).port });
    } catch (error) {
      // One request may fail; everything else that runs in this process goes on.
      process.stderr.write(
        `The preview could not answer ${request.method} ${request.url}: ${String(error)}\n`,
      );
      if (response.headersSent) response.destroy();
      else
        send(response, 500, "text/plain", "This could not be read; the terminal of `npm run up` says why.\n");
    }
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  return server;
}
