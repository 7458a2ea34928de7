import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Listening, serve } from "./listening.ts";

/** What measures the chat of a page; and a page with clients that come back by themselves. */
export type PageName = "without" | "sockscope" | "opentelemetry" | "clients";

const NAMES: readonly PageName[] = ["without", "sockscope", "opentelemetry", "clients"];

/** Serves each of the pages under its name, bundled as it would be published. */
export async function serveSite(): Promise<Listening> {
  const scripts = new Map<string, string>(
    await Promise.all(NAMES.map(async (name) => [`/${name}.js`, await bundle(name)] as const)),
  );
  return serve(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://bench.test");
    const script = scripts.get(pathname);
    response.setHeader("Content-Type", script === undefined ? "text/html" : "text/javascript");
    response.end(script ?? html(pathname));
  });
}

function html(path: string): string {
  return `<!doctype html>
<meta charset="utf-8" />
<title>Chat</title>
<link rel="icon" href="data:," />
<script type="module" src="${path}.js"></script>
`;
}

async function bundle(name: PageName): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`browser/${name}.js`, import.meta.url))],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
