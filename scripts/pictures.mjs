// @ts-check
import { parseArgs } from "node:util";
import { buildDemoPage, buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ensurePreview } from "./setup/preview.mjs";
import { ensurePrograms } from "./setup/programs.mjs";
import { SetupError, script } from "./setup/progress.mjs";

const SETS = /** @type {const} */ (["demo", "dashboards"]);

/** What to take pictures of, `--only demo` or all there is, and whether only to `--trial` that they can be taken. */
function chosen() {
  const { only, trial } = parseArgs({
    options: { only: { type: "string" }, trial: { type: "boolean", default: false } },
  }).values;
  const sets = SETS.filter((set) => only === undefined || only === set);
  if (sets.length === 0) throw new SetupError(`--only is "${only}"; give ${SETS.join(" or ")}`);
  return { sets, isTrial: trial };
}

/** Takes the pictures of the documentation. */
await script(async () => {
  requireNode();
  const { sets, isTrial } = chosen();
  await installNpmPackages();
  await ensurePrograms({ required: ["prometheus", "alertmanager", "chromium"] });
  await buildWorkspaces();
  await buildDemoPage();
  if (sets.includes("dashboards")) await ensurePreview({ required: true });
  const { takePictures } = await import("../stack/dist/pictures/take-pictures.js");
  await takePictures(sets, { isTrial });
});
