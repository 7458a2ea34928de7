// @ts-check
import { findDocker, requireDocker } from "./compose/docker.mjs";
import { upInContainers } from "./compose/up-in-containers.mjs";
import { buildDemoPage, buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ensurePreview } from "./setup/preview.mjs";
import { ensurePrograms } from "./setup/programs.mjs";
import { script } from "./setup/progress.mjs";
import { upOptions } from "./setup/up-options.mjs";

/**
 * Where everything is to run: in containers where an engine answers, unless somebody chose, or wants to verify or to read.
 *
 * @param {ReturnType<typeof upOptions>} options
 */
async function engineFor({ docker, native, check, help }) {
  if (native || help) return undefined;
  if (docker) return requireDocker();
  return check ? undefined : findDocker();
}

/** Starts everything; `--check` starts, verifies and stops. */
await script(async () => {
  requireNode();
  const options = upOptions(process.argv.slice(2));
  const engine = await engineFor(options);
  await installNpmPackages();
  if (engine !== undefined) {
    await buildWorkspaces();
    return upInContainers(engine, options);
  }
  const checking = options.check;
  await ensurePrograms({
    required: ["prometheus", "alertmanager", ...(checking ? /** @type {const} */ (["chromium"]) : [])],
    optional: checking ? [] : ["chromium"],
  });
  await buildWorkspaces();
  await buildDemoPage();
  await ensurePreview({ required: false });
  const { up } = await import("../stack/dist/up.js");
  return up(options.rest);
});
