// @ts-check
import { buildWorkspaces } from "./setup/build.mjs";
import { mutationTests } from "./setup/mutation-tests.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { ensurePrograms } from "./setup/programs.mjs";
import { runInForeground, script } from "./setup/progress.mjs";

/**
 * Makes every rule wrong in each place by itself, and fails where no test turns red. Arguments go to vitest:
 * `npm run mutate -- routing`, `npm run mutate -- -t WsAuthCloseSpike`.
 */
await script(async () => {
  requireNode();
  await installNpmPackages();
  await ensurePrograms({ required: ["prometheus", "promtool"] });
  await buildWorkspaces();
  const { program, args, options } = mutationTests({
    oneIn: Number(process.env["MUTANTS_ONE_IN"] ?? 1),
    args: process.argv.slice(2),
  });
  return runInForeground(program, args, options);
});
