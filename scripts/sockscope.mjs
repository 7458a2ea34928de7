// @ts-check
import { buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ROOT } from "./setup/paths.mjs";
import { runInForeground, script } from "./setup/progress.mjs";

/** The `sockscope` command of this clone. */
await script(async () => {
  requireNode();
  await installNpmPackages();
  await buildWorkspaces();
  return runInForeground(process.execPath, [`${ROOT}cli/dist/sockscope.js`, ...process.argv.slice(2)]);
});
