import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import express, { type RequestHandler, type Response, type Router } from "express";
import { marked } from "marked";
import { refuse } from "./refuse.ts";

/** Whoever is given an alert's link opens it here, with all rights of the chat's origin: nothing on the page may run. */
const POLICY =
  "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const STYLE = `:root { color-scheme: light dark }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
pre { overflow-x: auto; padding: .75rem; border: 1px solid; border-radius: .375rem }
code { font: .875em/1.5 ui-monospace, monospace }
table { border-collapse: collapse; display: block; overflow-x: auto }
th, td { border: 1px solid; padding: .25rem .5rem; text-align: left }
`;

/**
 * `GET /runbooks/NAME.md`: the pages of a folder as HTML, where an alert's `runbook_url` leads. Only what the folder itself has
 * is read: a name with a slash or a dot-dot is none of its entries, nor is what is hidden or leads out of it.
 *
 * @param folder as `sockscope generate` writes `runbooks/`
 */
export function runbookRoutes(folder: string): Router {
  const router = express.Router();
  router.use(confined);
  router.get("/", (_request, response) => response.redirect("runbooks/README.md"));
  router.get("/style.css", (_request, response) => {
    response.type("css").send(STYLE);
  });
  router.get("/:name", async ({ params: { name } }, response) => {
    const names = await pagesOf(folder);
    if (!names.includes(name)) return refuseName(response, name, names);
    const text = await readFile(join(folder, name), "utf8");
    if (name.endsWith(".json")) response.type("json").send(text);
    else response.type("html").send(page(await marked.parse(text), name));
  });
  return router;
}

/** Links within the folder are followed: that is how Kubernetes mounts files. */
async function pagesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort().filter((name) => /^[^.].*\.(?:md|json)$/.test(name));
  const root = await realpath(folder);
  const arePages = await Promise.all(names.map((name) => isFileWithin(root, join(root, name))));
  return names.filter((_name, index) => arePages[index]);
}

async function isFileWithin(root: string, path: string): Promise<boolean> {
  try {
    const real = await realpath(path);
    return real.startsWith(`${root}${sep}`) && (await stat(real)).isFile();
  } catch {
    // A link to nothing, or a file that has just gone.
    return false;
  }
}

const confined: RequestHandler = (_request, response, next) => {
  response.set("Content-Security-Policy", POLICY);
  next();
};

function refuseName(response: Response, name: string, names: readonly string[]): void {
  const there = names.join(", ") || "none; write them with sockscope generate";
  refuse(response, 404, "DEMO_ERR_RUNBOOK", `There is no runbook "${name}"; there are: ${there}.`);
}

/** A name is one of the folder's, and yet it is text. */
function page(body: string, name: string): string {
  const title = name.replace(/\.md$/, "").replaceAll(/[&<>"]/g, "");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="stylesheet" href="style.css">
<main>
${body}</main>
</html>
`;
}
