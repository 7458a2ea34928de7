// @ts-check
import { ROOT } from "./paths.mjs";
import { run, step } from "./progress.mjs";

const TSC = `${ROOT}node_modules/typescript/bin/tsc`;
const VITE = `${ROOT}node_modules/vite/bin/vite.js`;

/** Compiles every workspace; what has not changed is not compiled again. */
export async function buildWorkspaces() {
  await step("compile", () => run(process.execPath, [TSC, "-b"], { cwd: ROOT }));
}

/** Bundles the demo's page. */
export async function buildDemoPage() {
  await step("bundle the demo page", () =>
    run(process.execPath, [VITE, "build", `${ROOT}demo/page`], { cwd: `${ROOT}demo` }),
  );
}
