// @ts-check
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildDemoPage, buildWorkspaces } from "./setup/build.mjs";
import { mutationTests } from "./setup/mutation-tests.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { PUBLISHED, packWorkspace } from "./setup/pack.mjs";
import { ROOT } from "./setup/paths.mjs";
import { ensurePrograms } from "./setup/programs.mjs";
import { run, SetupError, script, step } from "./setup/progress.mjs";
import { bundleSdk } from "./setup/sdk-bundle.mjs";

/** @param {string} name @param {string[]} args */
const tool = (name, ...args) =>
  run(process.execPath, [`${ROOT}node_modules/${name}`, ...args], { cwd: ROOT });

/**
 * @param {string} label
 * @param {() => Promise<unknown>} work
 * @returns {Promise<string | undefined>} what is wrong
 */
async function gate(label, work) {
  try {
    await step(label, work);
    return undefined;
  } catch (error) {
    if (error instanceof SetupError) return `${label}\n${error.message}`;
    throw error;
  }
}

/** What is judged without promtool is judged as a whole, and of the rest nothing: `npm run mutate` takes minutes. */
const FAST_MUTANTS = ["routing", "own-panels"];

async function checkMutants() {
  const { program, args, options } = mutationTests({ oneIn: 1, args: FAST_MUTANTS });
  await run(program, args, options);
}

async function checkComposeFile() {
  const { composeProblems } = await import("../stack/dist/compose/index.js");
  const problems = composeProblems();
  if (problems.length > 0) throw new SetupError(problems.join("\n"));
}

/** Everything that a change has to satisfy besides its tests. All gates run, so that one run shows all that is wrong. */
await script(async () => {
  requireNode();
  await installNpmPackages();
  const { promtool = "", amtool = "" } = await ensurePrograms({ required: ["promtool", "amtool"] });
  await buildWorkspaces();
  await buildDemoPage();
  await step("bundle the SDK", () => bundleSdk(`${ROOT}sdk/bundle`));
  const rules = `${ROOT}alerts/generated`;
  const wrong = [
    await gate("format and lint", () => tool("@biomejs/biome/bin/biome", "ci", ".")),
    await gate("types of tests", () => tool("typescript/bin/tsc", "-p", "tsconfig.tests.json")),
    await gate("types of scripts", () => tool("typescript/bin/tsc", "-p", "scripts/tsconfig.json")),
    await gate("generated files", () => run(process.execPath, [`${ROOT}scripts/generate.mjs`, "--check"])),
    await gate("rules", () => run(promtool, ["check", "rules", `${rules}/rules.yml`])),
    await gate("routing", () => run(amtool, ["check-config", `${rules}/alertmanager.yml`])),
    await gate("wrong routing and panels are noticed", checkMutants),
    await gate("compose file", checkComposeFile),
    await gate("bundle size", () => tool("size-limit/bin.js")),
    await gate("unused code and dependencies", () => tool("knip/bin/knip.js")),
  ];
  const packages = mkdtempSync(join(tmpdir(), "sockscope-check-"));
  for (const workspace of PUBLISHED) {
    wrong.push(
      await gate(`package ${workspace}`, async () => {
        const tarball = await packWorkspace(workspace, packages);
        await tool("publint/src/cli.js", "--strict", tarball);
        await tool("@arethetypeswrong/cli/dist/index.js", tarball, "--profile", "esm-only");
      }),
    );
  }
  rmSync(packages, { recursive: true });
  const found = wrong.filter((problem) => problem !== undefined);
  for (const problem of found) process.stdout.write(`\n${problem}\n`);
  return found.length === 0 ? 0 : 1;
});
