// @ts-check
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { DEBIAN_ROOT, installDebianPackages, isDebian, unpackDebianPackages } from "./debian.mjs";
import { STATE } from "./paths.mjs";
import { SetupError, step } from "./progress.mjs";

/**
 * @typedef {"prometheus" | "promtool" | "alertmanager" | "amtool" | "chromium"} ProgramName
 * @typedef {Partial<Record<ProgramName, string>>} Programs absolute paths
 */

/** Under which names a program may be on the PATH; Debian has its own for Alertmanager. */
const NAMES = {
  prometheus: ["prometheus"],
  promtool: ["promtool"],
  alertmanager: ["alertmanager", "prometheus-alertmanager"],
  amtool: ["amtool"],
  chromium: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
};

const MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** Prometheus, Alertmanager and the scripts that Debian's Prometheus pages are made of. */
const PROMETHEUS_PACKAGES = [
  "prometheus",
  "prometheus-alertmanager",
  "fonts-glyphicons-halflings",
  "libjs-bootstrap4",
  "libjs-d3",
  "libjs-eonasdan-bootstrap-datetimepicker",
  "libjs-jquery",
  "libjs-jquery-hotkeys",
  "libjs-moment",
  "libjs-moment-timezone",
  "libjs-mustache",
  "libjs-popper.js",
  "libjs-rickshaw",
];

const CHROMIUM_PACKAGES = ["chromium", "fonts-liberation"];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {ProgramName} name */
function find(name) {
  const chosen = process.env[`SOCKSCOPE_${name.toUpperCase()}`];
  if (chosen !== undefined) {
    if (isExecutable(chosen)) return chosen;
    throw new SetupError(`SOCKSCOPE_${name.toUpperCase()} names ${chosen}, which cannot be executed.`);
  }
  const folders = [...(process.env.PATH ?? "").split(delimiter), join(DEBIAN_ROOT, "usr/bin")];
  const candidates = folders.flatMap((folder) => NAMES[name].map((file) => join(folder, file)));
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

/** @param {ProgramName[]} missing */
async function install(missing) {
  if (!isDebian()) return;
  if (missing.some((name) => name !== "chromium")) {
    await step("Prometheus and Alertmanager, from Debian's packages", () =>
      unpackDebianPackages(PROMETHEUS_PACKAGES),
    );
  }
  if (missing.includes("chromium") && process.getuid?.() === 0) {
    await step("Chromium, from Debian's packages", () => installDebianPackages(CHROMIUM_PACKAGES));
  }
}

/** @param {ProgramName[]} missing */
function advice(missing) {
  const how = isDebian()
    ? `sudo apt-get install ${missing.includes("chromium") ? "chromium" : "prometheus prometheus-alertmanager"}`
    : `install ${missing.join(", ")}, or name ${missing.length === 1 ? "it" : "them"} in ${missing.map((name) => `SOCKSCOPE_${name.toUpperCase()}`).join(", ")}`;
  return `Not on the PATH: ${missing.join(", ")}. Do this: ${how}`;
}

/**
 * Finds the programs that Sockscope works with but does not contain, installs what is missing where that is possible, and
 * writes down where they are.
 *
 * @param {{ required: ProgramName[], optional?: ProgramName[] }} wanted
 * @returns {Promise<Programs>}
 */
export async function ensurePrograms({ required, optional = [] }) {
  const names = [...required, ...optional];
  const before = findAll(names);
  if (before.missing.length > 0) await install(before.missing);
  const { programs, missing } = findAll(names);
  const lacking = missing.filter((name) => required.includes(name));
  if (lacking.length > 0) throw new SetupError(advice(lacking));
  mkdirSync(STATE, { recursive: true });
  writeFileSync(`${STATE}/programs.json`, `${JSON.stringify(programs, null, 2)}\n`);
  return programs;
}
