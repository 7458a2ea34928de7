// @ts-check
import { delimiter } from "node:path";
import { buildDemoPage, buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ensureNode } from "./setup/other-node.mjs";
import { ROOT } from "./setup/paths.mjs";
import { ensurePrograms } from "./setup/programs.mjs";
import { run, SetupError, script, step } from "./setup/progress.mjs";

/** @param {string} major */
async function prove(major) {
  const bin = await ensureNode(major);
  // First on the PATH as well, so that what the tests and the stack start runs on it, too.
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };
  const node = `${bin}/node`;
  const version = (await run(node, ["--version"])).trim();
  await step(`unit tests on ${version}`, () =>
    run(node, [`${ROOT}node_modules/vitest/vitest.mjs`, "run", "--project", "unit"], { cwd: ROOT, env }),
  );
  await step(`a consumer of the packages on ${version}`, () =>
    run(node, [`${ROOT}node_modules/vitest/vitest.mjs`, "run", "--project", "e2e", "e2e/consumer"], {
      cwd: ROOT,
      env,
    }),
  );
  await step(`up -- --check on ${version}`, () =>
    run(node, [`${ROOT}scripts/up.mjs`, "--check"], { cwd: ROOT, env }),
  );
}

/** Proves what we publish on other versions of Node: `npm run test:node -- 24 26`. */
await script(async () => {
  const majors = process.argv.slice(2);
  if (majors.length === 0) throw new SetupError("Say which: npm run test:node -- 24 26");
  requireNode();
  await installNpmPackages();
  await ensurePrograms({ required: ["prometheus", "alertmanager", "chromium", "redis-server"] });
  await buildWorkspaces();
  await buildDemoPage();
  for (const major of majors) await prove(major);
});
