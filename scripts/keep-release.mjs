// @ts-check
import { existsSync, mkdirSync } from "node:fs";
import { buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ROOT } from "./setup/paths.mjs";
import { SetupError, script, step } from "./setup/progress.mjs";

const VERSION = /^\d+\.\d+\.\d+$/;

/** What is kept of a release, as esbuild is told to make it. */
const BUNDLES = [
  { entry: "sdk/dist/index.js", file: "sdk.js", platform: "browser", only: "start" },
  { entry: "scripts/released-collector.mjs", file: "collector.mjs", platform: "node", only: "startIngest" },
];

/**
 * The folder of a version that is not kept yet: what was released never changes.
 *
 * @param {string | undefined} version
 */
function newFolder(version) {
  if (version === undefined || !VERSION.test(version)) {
    throw new SetupError(`The version is ${version ?? "missing"}; use npm run keep-release -- 1.2.3`);
  }
  const folder = `${ROOT}released/${version}`;
  if (existsSync(folder)) throw new SetupError(`${folder} is there already; a release is kept once`);
  return folder;
}

/**
 * @param {typeof BUNDLES[number]} bundle
 * @param {string} folder
 */
async function write({ entry, file, platform, only }, folder) {
  const { build } = await import("esbuild");
  await build({
    stdin: { contents: `export { ${only} } from "./${entry}";`, resolveDir: ROOT },
    outfile: `${folder}/${file}`,
    platform: platform === "node" ? "node" : "browser",
    format: "esm",
    target: "es2022",
    bundle: true,
    minify: true,
    logLevel: "silent",
  });
}

/** Keeps the SDK and the collector of the present tree as a release, against which later ones are tested. */
await script(async () => {
  requireNode();
  const folder = newFolder(process.argv[2]);
  await installNpmPackages();
  await buildWorkspaces();
  mkdirSync(folder, { recursive: true });
  for (const bundle of BUNDLES) await step(`bundle ${bundle.file}`, () => write(bundle, folder));
});
