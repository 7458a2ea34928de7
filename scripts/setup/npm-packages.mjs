// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { ROOT } from "./paths.mjs";
import { run, step } from "./progress.mjs";

const STAMP = `${ROOT}node_modules/.sockscope-lockfile`;

const lockfileHash = () =>
  createHash("sha256")
    .update(readFileSync(`${ROOT}package-lock.json`))
    .digest("hex");

/** Installs exactly what the lockfile says, unless that is what is there. */
export async function installNpmPackages() {
  const wanted = lockfileHash();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  await step("npm packages (first time: about half a minute)", async () => {
    await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: ROOT });
    writeFileSync(STAMP, wanted);
  });
}
