// @ts-check
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix, relative } from "node:path";
import { ROOT } from "./paths.mjs";
import { run } from "./progress.mjs";
import { bundleSdk } from "./sdk-bundle.mjs";

/** What others install. */
export const PUBLISHED = [
  "catalog",
  "promql",
  "slo",
  "sdk",
  "server",
  "collector",
  "config",
  "dashboards",
  "alerts",
  "runbooks",
  "cli",
];

/** Packages without a dependency: what they need of the catalog becomes a part of them. */
const WITHOUT_DEPENDENCY = new Set(["sdk"]);

const IMPORT = /(\bfrom\s+"|\bimport\(")([^"]+)(")/g;
const DECLARATION_MAP = /\n\/\/# sourceMappingURL=\S+\.d\.ts\.map\s*$/;

/** @param {string} folder @returns {string[]} every file below, relative */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

/**
 * Copies a workspace as others get it: what its source compiles to today, without maps of declarations, whose sources are
 * not in the package.
 *
 * @param {string} workspace
 * @param {string} staged
 */
async function stage(workspace, staged) {
  const from = `${ROOT}${workspace}`;
  for (const file of filesIn(`${from}/dist`)) {
    const [, stem = "", kind = ""] = /^(.*?)\.(d\.ts|js|js\.map)$/.exec(file) ?? [];
    if (kind === "" || !["ts", "tsx"].some((type) => existsSync(`${from}/src/${stem}.${type}`))) continue;
    if (kind !== "d.ts" && WITHOUT_DEPENDENCY.has(workspace)) continue;
    mkdirSync(dirname(`${staged}/dist/${file}`), { recursive: true });
    const text = readFileSync(`${from}/dist/${file}`, "utf8");
    writeFileSync(`${staged}/dist/${file}`, kind === "d.ts" ? text.replace(DECLARATION_MAP, "\n") : text);
  }
  for (const folder of JSON.parse(readFileSync(`${from}/package.json`, "utf8")).files)
    if (folder !== "dist") cpSync(`${from}/${folder}`, `${staged}/${folder}`, { recursive: true });
  cpSync(`${from}/README.md`, `${staged}/README.md`);
  cpSync(`${ROOT}LICENSE`, `${staged}/LICENSE`);
  const { devDependencies: _ours, ...manifest } = JSON.parse(readFileSync(`${from}/package.json`, "utf8"));
  if (WITHOUT_DEPENDENCY.has(workspace)) {
    takeInTypes(staged);
    await bundleSdk(`${staged}/dist`);
    delete manifest.dependencies;
  }
  writeFileSync(`${staged}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * Makes the types that a package imports of the catalog a part of it.
 *
 * @param {string} staged
 */
function takeInTypes(staged) {
  const taken = new Set();
  /** @param {string} stem of a module within the catalog's dist */
  const take = (stem) => {
    const file = `${stem}.d.ts`;
    if (taken.has(file) || !existsSync(`${ROOT}catalog/dist/${file}`)) return;
    taken.add(file);
    const text = readFileSync(`${ROOT}catalog/dist/${file}`, "utf8");
    mkdirSync(dirname(`${staged}/dist/catalog/${file}`), { recursive: true });
    writeFileSync(`${staged}/dist/catalog/${file}`, text.replace(DECLARATION_MAP, "\n"));
    for (const [, , specifier = ""] of text.matchAll(IMPORT)) {
      if (specifier.startsWith(".")) take(posix.join(posix.dirname(file), specifier).replace(/\.[jt]s$/, ""));
    }
  };
  for (const file of filesIn(`${staged}/dist`).filter((name) => !name.startsWith("catalog/"))) {
    const path = `${staged}/dist/${file}`;
    const text = readFileSync(path, "utf8").replaceAll(IMPORT, (whole, before, specifier, after) => {
      const [, entry] = /^@sockscope\/catalog\/(\w+)$/.exec(specifier) ?? [];
      if (entry === undefined) return whole;
      take(entry);
      const up = posix.relative(posix.dirname(file), `catalog/${entry}.js`);
      return `${before}${up.startsWith(".") ? up : `./${up}`}${after}`;
    });
    writeFileSync(path, text);
  }
}

/**
 * Packs a workspace into a tarball, as a registry would have it. The workspace is compiled already.
 *
 * @param {string} workspace
 * @param {string} destination a folder that is there
 * @returns {Promise<string>} the tarball's path
 */
export async function packWorkspace(workspace, destination) {
  const staged = mkdtempSync(join(tmpdir(), "sockscope-pack-"));
  try {
    await stage(workspace, staged);
    const printed = await run("npm", ["pack", "--silent", "--pack-destination", destination], {
      cwd: staged,
    });
    return join(destination, printed.trim().split("\n").at(-1) ?? "");
  } finally {
    rmSync(staged, { recursive: true });
  }
}
