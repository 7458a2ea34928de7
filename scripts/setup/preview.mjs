// @ts-check
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { gzipSync } from "node:zlib";
import { ROOT, STATE } from "./paths.mjs";
import { run, SetupError, step } from "./progress.mjs";

const SOURCE = `${ROOT}dashboards/preview`;
const CACHE = `${STATE}/preview`;
/** Tells the stack where the built preview is. */
const WRITTEN_DOWN = `${STATE}/preview.json`;
const PACKAGE_FILES = ["package.json", "package-lock.json", ".npmrc"];
/** What a change of makes no difference to what is built. */
const NOT_BUILT = /^(?:node_modules|dist)(?:\/|$)|\.test\.tsx?$|\.md$|^\.gitignore$/;
/** What gets smaller when it is compressed. */
const COMPRESSED = /\.(?:js|css|svg|html|json)$/;
const WORTH_COMPRESSING_BYTES = 1024;
/** Whoever shows a site marks it as used more often than that. */
const A_DAY_MS = 86_400_000;
const UNFINISHED = /\.unfinished-(?<pid>\d+)$/;

/** @param {string} folder @param {string[]} files */
function hashOf(folder, files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(`${folder}/${file}`));
  return hash.digest("hex").slice(0, 16);
}

/** @param {string} folder @returns {string[]} every file below, relative and in order; no folder of packages is entered */
function filesIn(folder, below = "") {
  return readdirSync(`${folder}/${below}`, { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${below}${entry.name}`;
      if (entry.name === "node_modules") return [];
      return entry.isDirectory() ? filesIn(folder, `${path}/`) : [path];
    })
    .sort();
}

/**
 * Makes a folder as a whole or not at all: whoever looks never finds half of it.
 *
 * @param {string} folder
 * @param {(unfinished: string) => Promise<void>} fill
 */
async function whole(folder, fill) {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.unfinished-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await fill(unfinished);
    // Somebody else may have been faster.
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function install(folder) {
  for (const file of PACKAGE_FILES) copyFileSync(`${SOURCE}/${file}`, `${folder}/${file}`);
  await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder });
}

/** Lets editors, the compiler and the bundler find the packages where they look for them. @param {string} packages */
function linkPackages(packages) {
  const link = `${SOURCE}/node_modules`;
  rmSync(link, { recursive: true, force: true });
  symlinkSync(`${packages}/node_modules`, link, "dir");
}

/** @param {string} folder */
function compress(folder) {
  for (const file of filesIn(folder)) {
    if (!COMPRESSED.test(file)) continue;
    const content = readFileSync(`${folder}/${file}`);
    if (content.length > WORTH_COMPRESSING_BYTES) writeFileSync(`${folder}/${file}.gz`, gzipSync(content));
  }
}

/** @param {string} folder */
async function build(folder) {
  const tsc = `${ROOT}node_modules/typescript/bin/tsc`;
  await run(process.execPath, [tsc, "-p", SOURCE], { cwd: SOURCE });
  const env = { ...process.env, PREVIEW_OUT_DIR: folder };
  await run(process.execPath, [`${SOURCE}/node_modules/vite/bin/vite.js`, "build"], { cwd: SOURCE, env });
  compress(folder);
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** @param {string} path */
function isOld(path) {
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return mtimeMs !== undefined && Date.now() - mtimeMs > A_DAY_MS;
}

/** @param {string[]} folders */
function markUsed(folders) {
  const now = new Date();
  for (const folder of folders) utimesSync(folder, now, now);
}

/** What nobody has used for a day, and what those left half done that were killed. A site of today may be shown right now. */
function removeLeftOver() {
  if (!existsSync(CACHE)) return;
  for (const name of readdirSync(CACHE)) {
    const path = `${CACHE}/${name}`;
    const pid = UNFINISHED.exec(name)?.groups?.["pid"];
    const isAbandoned = pid !== undefined && !isRunning(Number(pid));
    if (isAbandoned || isOld(path)) rmSync(path, { recursive: true, force: true });
  }
}

async function ready() {
  const packages = `${CACHE}/packages-${hashOf(SOURCE, PACKAGE_FILES)}`;
  const sources = filesIn(SOURCE).filter((file) => !NOT_BUILT.test(file));
  const site = `${CACHE}/site-${hashOf(SOURCE, sources)}`;
  if (!existsSync(site) || !existsSync(packages)) {
    if (!existsSync(packages))
      await step("npm packages of the dashboards' preview (first time: about a minute)", () =>
        whole(packages, install),
      );
    linkPackages(packages);
    if (!existsSync(site)) await step("bundle the dashboards' preview", () => whole(site, build));
  }
  markUsed([packages, site]);
  removeLeftOver();
  return site;
}

/** @param {object} what */
function writeDown(what) {
  mkdirSync(STATE, { recursive: true });
  writeFileSync(WRITTEN_DOWN, `${JSON.stringify(what, null, 2)}\n`);
}

/**
 * Installs and builds the preview of the dashboards, unless that is what is there. It needs several hundred megabytes of
 * packages, so it has an installation of its own; a stack does without it when it cannot be had.
 *
 * @param {{ required: boolean }} options whether to fail when it cannot be had; otherwise one line says so
 */
export async function ensurePreview({ required }) {
  try {
    writeDown({ site: await ready() });
  } catch (error) {
    if (required || !(error instanceof SetupError)) throw error;
    writeDown({});
    const [, reason = "", why = ""] =
      /^(.*?)(?:\n.*?(npm error .*?|error TS.*?))?(?:\n|$)/s.exec(error.message) ?? [];
    process.stderr.write(`  The dashboards are not shown: ${reason} ${why}\n`);
  }
}
