// @ts-check
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildWorkspaces } from "./setup/build.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { PUBLISHED, packWorkspace } from "./setup/pack.mjs";
import { script, step } from "./setup/progress.mjs";

/** Packs what is published into a folder, as a registry would have it: everything, or the workspaces that are named. */
await script(async () => {
  requireNode();
  await installNpmPackages();
  await buildWorkspaces();
  const { values, positionals } = parseArgs({
    options: { out: { type: "string", default: "packages" } },
    allowPositionals: true,
  });
  const destination = resolve(values.out);
  mkdirSync(destination, { recursive: true });
  for (const workspace of positionals.length > 0 ? positionals : PUBLISHED)
    await step(`pack ${workspace}`, () => packWorkspace(workspace, destination));
  process.stdout.write(`${destination}\n`);
  return 0;
});
