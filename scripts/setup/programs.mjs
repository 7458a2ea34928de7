// @ts-check
import { accessSync, constants, mkdirSync, statSync, writeFileSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { installDebianPackages, isDebian, isRoot } from "./debian.mjs";
import { STATE } from "./paths.mjs";
import { SetupError, step } from "./progress.mjs";

/**
 * @typedef {"prometheus" | "promtool" | "alertmanager" | "amtool" | "chromium" | "redis-server"} ProgramName
 * @typedef {Partial<Record<ProgramName, string>>} Programs absolute paths
 */

/** Under which names a program may be on the PATH; Debian has its own for Alertmanager. */
const NAMES = {
  prometheus: ["prometheus"],
  promtool: ["promtool"],
  alertmanager: ["alertmanager", "prometheus-alertmanager"],
  amtool: ["amtool"],
  chromium: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
  "redis-server": ["redis-server"],
};

const MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** The Debian packages that have a program. @type {Record<ProgramName, string[]>} */
const PACKAGES = {
  prometheus: ["prometheus"],
  promtool: ["prometheus"],
  alertmanager: ["prometheus-alertmanager"],
  amtool: ["prometheus-alertmanager"],
  chromium: ["chromium", "fonts-liberation"],
  "redis-server": ["redis-server"],
};

/** The environment variable that names a program. @param {ProgramName} name */
const variable = (name) => `SOCKSCOPE_${name.toUpperCase().replaceAll("-", "_")}`;

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @param {ProgramName} name */
function find(name) {
  const chosen = process.env[variable(name)];
  if (chosen !== undefined) {
    if (isExecutable(chosen)) return resolve(chosen);
    throw new SetupError(`${variable(name)} names ${chosen}, which cannot be executed.`);
  }
  const candidates = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES[name].map((file) => resolve(folder, file)));
  if (name === "chromium") candidates.push(MAC_CHROME);
  return candidates.find(isExecutable);
}

/** @param {ProgramName[]} names */
function findAll(names) {
  const found = names.map((name) => /** @type {const} */ ([name, find(name)]));
  return {
    /** @type {Programs} */
    programs: Object.fromEntries(found.filter(([, path]) => path !== undefined)),
    missing: found.filter(([, path]) => path === undefined).map(([name]) => name),
  };
}

/** @param {ProgramName[]} programs */
const packagesOf = (programs) => [...new Set(programs.flatMap((name) => PACKAGES[name]))];

/** @param {ProgramName[]} missing */
function advice(missing) {
  const variables = missing.map(variable).join(", ");
  const install = isDebian()
    ? `sudo apt-get install ${packagesOf(missing).join(" ")}`
    : `install ${missing.join(", ")}`;
  return `Not on the PATH: ${missing.join(", ")}. Do this: ${install} (or name the programs in ${variables}).`;
}

/** @param {ProgramName[]} names */
async function installMissing(names) {
  const packages = packagesOf(findAll(names).missing);
  if (packages.length === 0) return;
  await step(`Debian packages: ${packages.join(", ")}`, () => installDebianPackages(packages));
}

/**
 * Finds the programs that Sockscope works with but does not contain, installs what is missing where that is possible, and
 * writes down where they all are.
 *
 * @param {{ required: ProgramName[], optional?: ProgramName[] }} wanted `optional` ones are installed too, but not missed
 * @returns {Promise<Programs>}
 */
export async function ensurePrograms({ required, optional = [] }) {
  if (isDebian() && isRoot()) {
    await installMissing(required);
    // The message is on the screen, and everything else works without them.
    await installMissing(optional).catch(() => {});
  }
  const { programs, missing } = findAll(/** @type {ProgramName[]} */ (Object.keys(NAMES)));
  const lacking = missing.filter((name) => required.includes(name));
  if (lacking.length > 0) throw new SetupError(advice(lacking));
  mkdirSync(STATE, { recursive: true });
  writeFileSync(`${STATE}/programs.json`, `${JSON.stringify(programs, null, 2)}\n`);
  return programs;
}
