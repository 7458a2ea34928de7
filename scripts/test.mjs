// @ts-check
import { buildDemoPage, buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ROOT } from "./setup/paths.mjs";
import { ensurePreview } from "./setup/preview.mjs";
import { ensurePrograms } from "./setup/programs.mjs";
import { runInForeground, script } from "./setup/progress.mjs";

/** Runs every test; arguments go to vitest: `npm test -- --project unit`. */
await script(async () => {
  requireNode();
  await installNpmPackages();
  await ensurePrograms({
    required: [
      "prometheus",
      "promtool",
      "alertmanager",
      "amtool",
      "chromium",
      "redis-server",
      "redis-cli",
      "jq",
      "curl",
      "python",
    ],
  });
  await buildWorkspaces();
  await buildDemoPage();
  await ensurePreview({ required: true });
  const vitest = `${ROOT}node_modules/vitest/vitest.mjs`;
  return runInForeground(process.execPath, [vitest, "run", ...process.argv.slice(2)], { cwd: ROOT });
});
