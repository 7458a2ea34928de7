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
 * @param {string} file within the repository
 * @param {string} content
 * @param {boolean} checking
 * @returns {boolean} whether it differs
 */
function put(file, content, checking) {
  const path = `${ROOT}${file}`;
  if (current(path) === content) return false;
  process.stdout.write(`${checking ? "outdated" : "wrote"} ${file}\n`);
  if (checking) return true;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return true;
}

/** What configurations of this repository make, through the command that any deployment uses. */
const DEPLOYMENTS = [
  { config: "demo/sockscope.config.json", out: "demo/page/src/generated", only: "page" },
  { config: "docker/sockscope.config.mjs", out: "docker/generated", only: "operations" },
];

/**
 * @param {(typeof DEPLOYMENTS)[number]} deployment
 * @param {boolean} checking
 * @returns {Promise<number>} how many files differ
 */
async function generateDeployment({ config, out, only }, checking) {
  const { runSockscope } = await import("../cli/dist/index.js");
  let differing = 0;
  const args = ["--config", `${ROOT}${config}`, "--out", `${ROOT}${out}`, "--only", only];
  const exit = await runSockscope(["generate", ...args, ...(checking ? ["--check"] : [])], {
    environment: {},
    print: (/** @type {string} */ line) => {
      if (line.endsWith("up to date.")) return;
      differing += 1;
      process.stdout.write(`${line} in ${out}\n`);
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
      if (!put(file, content, checking)) continue;
      differing += 1;
      hasNewSource ||= !checking && file.endsWith(".ts");
    }
    // What comes after may be made by it.
    if (hasNewSource) await buildWorkspaces();
  }
  for (const deployment of DEPLOYMENTS) differing += await generateDeployment(deployment, checking);
  const { composePrometheusFile } = await import("../stack/dist/compose/index.js");
  if (put("docker/generated/prometheus.yml", composePrometheusFile(), checking)) differing += 1;
  if (differing === 0) process.stdout.write("Every generated file is up to date.\n");
  if (checking && differing > 0) process.stdout.write("Run `npm run generate` and commit what it writes.\n");
  return checking && differing > 0 ? 1 : 0;
});
