// @ts-check
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { ROOT } from "./paths.mjs";

/** The SDK's entries, as their sources compile and as they are in the package. */
const ENTRIES = [
  "index",
  "datadog/index",
  "instrument/index",
  "otel/index",
  "probe/index",
  "react/index",
  "snapshot/index",
  "socket/index",
  "storage/index",
  "token/index",
];

/** Where a bundle's source map says that a source is: its text is in the map. */
const SOURCE = /^.*?((?:sdk|catalog)\/(?:src|dist)\/)/;

/** What a browser reads of a metric: how it is called on the wire, the names and the order of its labels, its buckets. */
const METRICS = /catalog[\\/]dist[\\/]metrics[\\/]client\.js$/;

/** @param {string} file within the catalog's dist */
const catalogModule = (file) => import(pathToFileURL(`${ROOT}catalog/dist/${file}`).href);

/**
 * Leaves out of the catalog what only a collector needs: the names that Prometheus sees, and the values of labels, which it
 * checks.
 *
 * @type {import("esbuild").Plugin}
 */
const onlyTheWire = {
  name: "only the wire",
  setup(build) {
    build.onLoad({ filter: METRICS }, async () => {
      const layouts = Object.entries(await catalogModule("layouts.js")).filter(([, value]) => value.bounds);
      /** @param {unknown} layout */
      const nameOf = (layout) => layouts.find(([, value]) => value === layout)?.[0];
      const { wireName } = await catalogModule("protocol.js");
      const metrics = Object.entries(await catalogModule("metrics/client.js")).map(([symbol, metric]) => {
        const labels = Object.keys(metric.labels).map((label) => `${label}: 1`);
        const layout = metric.layout ? `, layout: ${nameOf(metric.layout)}` : "";
        return `export const ${symbol} = { name: "${wireName(metric.name)}", labels: { ${labels} }${layout} };`;
      });
      const names = layouts.map(([name]) => name);
      return { contents: [`import { ${names} } from "../layouts.js";`, ...metrics].join("\n") };
    });
  },
};

/**
 * Names the sources of a map as they are in the repository, wherever that is on the machine that bundled them.
 *
 * @param {string} path of the map
 */
function nameSources(path) {
  const map = JSON.parse(readFileSync(path, "utf8"));
  map.sources = map.sources.map((/** @type {string} */ source) => source.replace(SOURCE, "$1"));
  writeFileSync(path, JSON.stringify(map));
}

/**
 * Bundles the SDK as a browser gets it: an ES module for each entry, which share what they have in common, and what they need
 * of the catalog in them; and a classic script that puts the main entry into the global `sockscope`.
 *
 * @param {string} folder
 */
export async function bundleSdk(folder) {
  const { build } = await import("esbuild");
  /** @type {import("esbuild").BuildOptions} */
  const common = {
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    target: "es2022",
    sourcemap: true,
    plugins: [onlyTheWire],
    external: ["react"],
    logLevel: "silent",
  };
  await build({
    ...common,
    entryPoints: ENTRIES.map((entry) => ({ in: `sdk/dist/${entry}.js`, out: entry })),
    outdir: folder,
    format: "esm",
    splitting: true,
    chunkNames: "shared-[hash]",
  });
  await build({
    ...common,
    entryPoints: ["sdk/dist/index.js"],
    outfile: `${folder}/sockscope.js`,
    format: "iife",
    globalName: "sockscope",
  });
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files) if (file.endsWith(".js.map")) nameSources(`${folder}/${file}`);
}
