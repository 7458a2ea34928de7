// @ts-check
import { buildDemoPage, buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ensurePreview } from "./setup/preview.mjs";
import { ensurePrograms } from "./setup/programs.mjs";
import { script } from "./setup/progress.mjs";

/** Starts everything on this machine; `--check` starts, verifies and stops. */
await script(async () => {
  requireNode();
  await installNpmPackages();
  const checking = process.argv.includes("--check");
  await ensurePrograms({
    required: ["prometheus", "alertmanager", ...(checking ? /** @type {const} */ (["chromium"]) : [])],
    optional: checking ? [] : ["chromium"],
  });
  await buildWorkspaces();
  await buildDemoPage();
  await ensurePreview({ required: false });
  const { up } = await import("../stack/dist/up.js");
  return up(process.argv.slice(2));
});
