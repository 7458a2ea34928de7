// @ts-check
import { buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ROOT } from "./setup/paths.mjs";
import { ensurePrograms } from "./setup/programs.mjs";
import { runInForeground, script } from "./setup/progress.mjs";

/** Garbage is collected when a bench says so, and not while it counts what is allocated. */
const NODE_OPTIONS = ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64"];

/** Runs the benches that are named, or all, and prints a line of JSON for each figure: `npm run bench -- sdk-record`. */
await script(async () => {
  requireNode();
  await installNpmPackages();
  await ensurePrograms({ required: ["chromium"] });
  await buildWorkspaces();
  const main = `${ROOT}bench/dist/main.js`;
  return runInForeground(process.execPath, [...NODE_OPTIONS, main, ...process.argv.slice(2)], { cwd: ROOT });
});
