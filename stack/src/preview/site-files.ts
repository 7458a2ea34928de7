import { createReadStream, readdirSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
};
const COMPRESSED = ".gz";

/** The bundler names them by their content. */
const NAMED_BY_CONTENT = /^\/assets\//;
const A_YEAR = "public, max-age=31536000, immutable";
/** Icons and fonts of Grafana's, which change with its version. */
const A_DAY = "public, max-age=86400";

/** The files of a built site. */
export interface SiteFiles {
  /** Answers a request for a file. Returns false when there is none of this path. */
  serve(path: string, request: IncomingMessage, response: ServerResponse): boolean;
}

function pathsIn(folder: string): Set<string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Set(
    files.map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/")}`),
  );
}

function cachingOf(path: string): string {
  if (NAMED_BY_CONTENT.test(path)) return A_YEAR;
  return path.endsWith(".html") ? "no-cache" : A_DAY;
}

/**
 * Serves a folder of which all files are known: a path that is not among them leads nowhere, however it is written.
 *
 * @param folder with compressed files beside those that they are of
 */
export function siteFiles(folder: string): SiteFiles {
  const paths = pathsIn(folder);
  return {
    serve(path, request, response) {
      const type = TYPES[extname(path)];
      if (type === undefined || !paths.has(path)) return false;
      const takesGzip = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
      const isCompressed = takesGzip && paths.has(path + COMPRESSED);
      const file = `${folder}${path}${isCompressed ? COMPRESSED : ""}`;
      const size = statSync(file, { throwIfNoEntry: false })?.size;
      if (size === undefined) return false;
      response.writeHead(200, {
        "content-type": type,
        "content-length": size,
        "cache-control": cachingOf(path),
        vary: "accept-encoding",
        ...(isCompressed ? { "content-encoding": "gzip" } : {}),
      });
      if (request.method === "HEAD") response.end();
      // An error ends the answer, and whoever goes ends the reading; there is nobody to tell.
      else pipeline(createReadStream(file), response, () => {});
      return true;
    },
  };
}
