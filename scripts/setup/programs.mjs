// @ts-check
import { spawnSync } from "node:child_process";
import { accessSync, constants, mkdirSync, statSync, writeFileSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { installDebianPackages, isDebian, isRoot } from "./debian.mjs";
import { STATE } from "./paths.mjs";
import { SetupError, step } from "./progress.mjs";

/**
 * @typedef {"prometheus" | "promtool" | "alertmanager" | "amtool" | "chromium" | "redis-server" | "redis-cli" | "jq" | "curl" | "python"} ProgramName
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
  "redis-cli": ["redis-cli"],
  jq: ["jq"],
  curl: ["curl"],
  python: ["python3"],
};

/** Where else than on the PATH a program may be. @type {Partial<Record<ProgramName, string>>} */
const ELSEWHERE = {
  chromium: "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  // Debian's packages are for Debian's own Python, and a version manager's may come before it.
  python: "/usr/bin/python3",
};

/** The modules without which a Python is not the one that is looked for. */
const PYTHON_MODULES = ["channels", "channels_redis", "daphne", "django", "jwt", "prometheus_client"];

/** The Debian packages that have a program. @type {Record<ProgramName, string[]>} */
const PACKAGES = {
  prometheus: ["prometheus"],
  promtool: ["prometheus"],
  alertmanager: ["prometheus-alertmanager"],
  amtool: ["prometheus-alertmanager"],
  chromium: ["chromium", "fonts-liberation"],
  "redis-server": ["redis-server"],
  "redis-cli": ["redis-tools"],
  jq: ["jq"],
  curl: ["curl"],
  python: [
    "python3-django-channels",
    "python3-channels-redis",
    "daphne",
    "python3-prometheus-client",
    "python3-jwt",
  ],
};

/** @param {ProgramName} name */
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

/** @param {string} python */
function hasModules(python) {
  return spawnSync(python, ["-c", `import ${PYTHON_MODULES.join(", ")}`]).status === 0;
}

/** @param {ProgramName} name @param {string} path */
const isUsable = (name, path) => isExecutable(path) && (name !== "python" || hasModules(path));

/** @param {ProgramName} name */
function find(name) {
  const chosen = process.env[variable(name)];
  if (chosen !== undefined) {
    if (isUsable(name, chosen)) return resolve(chosen);
    const modules = name === "python" ? `, or lacks one of ${PYTHON_MODULES.join(", ")}` : "";
    throw new SetupError(`${variable(name)} names ${chosen}, which cannot be executed${modules}.`);
  }
  const candidates = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES[name].map((file) => resolve(folder, file)));
  const elsewhere = ELSEWHERE[name];
  if (elsewhere !== undefined) candidates.push(elsewhere);
  return [...new Set(candidates)].find((path) => isUsable(name, path));
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

/** @param {ProgramName} name */
const inWords = (name) =>
  name === "python" ? `a Python 3.10 or newer that can import ${PYTHON_MODULES.join(", ")}` : name;

/** @param {ProgramName[]} missing */
function advice(missing) {
  const variables = missing.map(variable).join(", ");
  const install = isDebian()
    ? `sudo apt-get install ${packagesOf(missing).join(" ")}`
    : `install ${missing.map(inWords).join(", ")}`;
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
