import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { KEEP_ALIVE_MS } from "@sockscope/catalog/protocol";
import type { Sockscope } from "@sockscope/sdk";
import type { Browser, Page } from "playwright-core";

declare global {
  /** In the plain page: its SDK. */
  const sockscope: Sockscope;
  /** In the plain page: a new socket, observed from its first moment. */
  function observed(url: string): WebSocket;
  /** In the plain page: an entry of our packages, by its name. */
  function entry<Entry>(name: string): Promise<Entry>;
  /** In the plain page: resolves at the socket's next event of this type, after the SDK has seen it. */
  function happened(socket: WebSocket, type: "open" | "message" | "close"): Promise<void>;
}

/** The app under which the plain page reports. */
export const PLAIN_APP = "plain";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const WORKSPACES = ["catalog", "sdk"];

/** Where the browser finds each entry of our packages, as they are built: no bundler is between. */
function importMap(): Readonly<Record<string, string>> {
  const entries = WORKSPACES.flatMap((workspace) => {
    const { name, exports } = JSON.parse(readFileSync(`${ROOT}${workspace}/package.json`, "utf8")) as {
      name: string;
      exports: Record<string, { default: string }>;
    };
    return Object.entries(exports).map(([entry, { default: file }]) => [
      name + entry.slice(1),
      `/${workspace}${file.slice(1)}`,
    ]);
  });
  return Object.fromEntries(entries);
}

/** Changes with every start, as it has to with every answer in a real one. */
const NONCE = randomUUID();

/** Nothing is allowed but what the page is about: our modules, and connections. No text becomes a script. */
const STRICT_POLICY = [
  "default-src 'none'",
  `script-src 'nonce-${NONCE}'`,
  "connect-src http: ws:",
  "img-src data:",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const PAGE = `<!doctype html>
<meta charset="utf-8" />
<title>Plain page</title>
<link rel="icon" href="data:," />
<script nonce="${NONCE}" type="importmap">${JSON.stringify({ imports: importMap() })}</script>
<script nonce="${NONCE}" type="module">
  import { browserHost, start } from "@sockscope/sdk";
  const browser = browserHost();
  // A page's first flush comes at a random moment of its interval. Here it is the last one, long after the end of every
  // test, so each batch is one that the test asked for.
  const randomBytes = (count) => (count === 1 ? Uint8Array.of(255) : browser.randomBytes(count));
  globalThis.sockscope = start({
    collector: new URLSearchParams(location.search).get("collector"),
    app: "${PLAIN_APP}",
    flushIntervalMs: ${KEEP_ALIVE_MS},
    host: { ...browser, randomBytes },
  });
  globalThis.observed = (url) => {
    const socket = new WebSocket(url);
    sockscope.observe(socket);
    return socket;
  };
  globalThis.entry = (name) => import(name);
  globalThis.happened = (socket, type) =>
    new Promise((resolve) => socket.addEventListener(type, () => resolve(), { once: true }));
</script>
`;

const BLANK = '<!doctype html><title>Blank page</title><link rel="icon" href="data:," />';

function answer({ pathname: path, searchParams }: URL, response: ServerResponse): void {
  if (path === "/") {
    if (searchParams.has("strict")) response.setHeader("Content-Security-Policy", STRICT_POLICY);
    response.setHeader("Content-Type", "text/html").end(PAGE);
    return;
  }
  if (path === "/blank") {
    response.setHeader("Content-Type", "text/html").end(BLANK);
    return;
  }
  // A URL's path has no dot segments left that lead out of a folder.
  if (!WORKSPACES.some((workspace) => path.startsWith(`/${workspace}/dist/`)) || !path.endsWith(".js")) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader("Content-Type", "text/javascript").end(readFileSync(ROOT + path.slice(1)));
}

/** Serves a page that has our SDK and nothing else. */
export interface PlainSite {
  /** As a collector has to be configured with it. At `/blank` there is a page without our SDK. */
  readonly origin: string;
  /**
   * Opens the page in a tab; it reports to this collector when it is told to, or when it leaves.
   *
   * @param prepare what to do with the tab before
   */
  open(browser: Browser, collectorUrl: string, prepare?: (page: Page) => unknown): Promise<Page>;
  /** The page's address, as other pages may embed it. */
  urlFor(collectorUrl: string): string;
  close(): Promise<void>;
}

/** Starts the site on a free port of loopback. */
export async function servePlainPage(): Promise<PlainSite> {
  const server = createServer(({ url = "/" }, response) =>
    answer(new URL(url, "http://plain.test"), response),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const urlFor = (collectorUrl: string): string =>
    `${origin}/?${new URLSearchParams({ collector: collectorUrl })}`;
  return {
    origin,
    urlFor,
    open: async (browser, collectorUrl, prepare) => {
      const page = await browser.newPage();
      await prepare?.(page);
      // Its modules run before `load`.
      await page.goto(urlFor(collectorUrl));
      return page;
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
