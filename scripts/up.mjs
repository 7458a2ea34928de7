// @ts-check
import { existsSync } from "node:fs";
import { findDocker, requireDocker } from "./compose/docker.mjs";
import { upInContainers } from "./compose/up-in-containers.mjs";
import { buildDemoPage, buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ROOT, STATE } from "./setup/paths.mjs";
import { ensurePreview } from "./setup/preview.mjs";
import { ensurePrograms } from "./setup/programs.mjs";
import { SetupError, script } from "./setup/progress.mjs";
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

/**
 * Takes the lock of the stack that stays before anything is installed or built: a set-up changes what a running one uses.
 * The stack takes it over, and the lock of a process that is gone does not hold. Where nothing was ever built, nothing can run.
 */
async function lock() {
  if (!existsSync(`${ROOT}stack/dist/state-lock.js`)) return;
  const { lockState } = await import("../stack/dist/state-lock.js");
  try {
    lockState(`${STATE}/up`);
  } catch (error) {
    if (error instanceof Error && "part" in error) throw new SetupError(error.message, { cause: error });
    throw error;
  }
}

/** Starts everything; `--check` starts, verifies and stops. */
await script(async () => {
  requireNode();
  const options = upOptions(process.argv.slice(2));
  const engine = await engineFor(options);
  if (engine === undefined && !options.check && !options.help) await lock();
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
