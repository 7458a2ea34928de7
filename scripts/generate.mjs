// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ROOT } from "./setup/paths.mjs";
import { script } from "./setup/progress.mjs";

/** In this order: the documentation quotes lines of the files that come before it. */
const WORKSPACES = ["dashboards", "alerts", "runbooks", "docs"];

/** @param {string} path */
const current = (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined);

/**
 * What the demo's configuration makes, written as any deployment would: through the command.
 *
 * @param {boolean} checking
 * @returns {Promise<number>} how many files differ
 */
async function generateForDemo(checking) {
  const { runSockscope } = await import("../cli/dist/index.js");
  let differing = 0;
  const args = [
    "--config",
    `${ROOT}demo/sockscope.config.json`,
    "--out",
    `${ROOT}demo/page/src/generated`,
    "--only",
    "page",
  ];
  const exit = await runSockscope(["generate", ...args, ...(checking ? ["--check"] : [])], {
    environment: {},
    print: (/** @type {string} */ line) => {
      if (line.endsWith("up to date.")) return;
      differing += 1;
      process.stdout.write(`${line} in demo/page/src/generated\n`);
    },
    complain: (/** @type {string} */ line) => void process.stdout.write(`${line}\n`),
    stopRequested: () => new Promise(() => {}),
  });
  return Math.max(differing, exit);
}

/**
 * Writes every generated file, or with `--check` only says which ones are not what the source makes of them.
 */
await script(async () => {
  requireNode();
  await installNpmPackages();
  await buildWorkspaces();
  const checking = process.argv.includes("--check");
  let differing = 0;
  for (const workspace of WORKSPACES) {
    let hasNewSource = false;
    const { generate } = await import(`../${workspace}/dist/index.js`);
    for (const [file, content] of generate()) {
      const path = `${ROOT}${file}`;
      if (current(path) === content) continue;
      differing += 1;
      process.stdout.write(`${checking ? "outdated" : "wrote"} ${file}\n`);
      if (checking) continue;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      hasNewSource ||= file.endsWith(".ts");
    }
    // What comes after may be made by it.
    if (hasNewSource) await buildWorkspaces();
  }
  differing += await generateForDemo(checking);
  if (differing === 0) process.stdout.write("Every generated file is up to date.\n");
  if (checking && differing > 0) process.stdout.write("Run `npm run generate` and commit what it writes.\n");
  return checking && differing > 0 ? 1 : 0;
});
