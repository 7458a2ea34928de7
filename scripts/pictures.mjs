// @ts-check
import { buildDemoPage, buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ensurePrograms } from "./setup/programs.mjs";
import { script } from "./setup/progress.mjs";

/** Takes the pictures of the documentation. */
await script(async () => {
  requireNode();
  await installNpmPackages();
  await ensurePrograms({ required: ["prometheus", "alertmanager", "chromium"] });
  await buildWorkspaces();
  await buildDemoPage();
  const { takePictures } = await import("../stack/dist/take-pictures.js");
  await takePictures();
});
