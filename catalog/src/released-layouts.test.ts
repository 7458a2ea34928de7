import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as catalog from "./index.ts";

const RELEASED = new URL("../../released/", import.meta.url);
/** A layout as a bundler writes it, with numbers as short as JavaScript allows. */
const LAYOUT = /id:"(?<id>[a-z-]+-\d+)",bounds:\[(?<bounds>[^\]]+)\],max:(?<max>[\d.e]+)/g;

/** Every layout that a release's collector accepts. */
function layoutsIn(version: string): catalog.BucketLayout[] {
  const bundle = readFileSync(new URL(`${version}/collector.mjs`, RELEASED), "utf8");
  return [...bundle.matchAll(LAYOUT)].map(({ groups: { id = "", bounds = "", max = "" } = {} }) => ({
    id,
    bounds: bounds.split(",").map(Number),
    max: Number(max),
  }));
}

function knownLayouts(): Map<string, catalog.BucketLayout> {
  const layouts = catalog
    .allMetrics(catalog.DEFAULT_CATALOG)
    .flatMap(({ metric, olderLayouts = [] }) =>
      "layout" in metric ? [metric.layout, ...olderLayouts.map(({ layout }) => layout)] : [],
    );
  return new Map(layouts.map((layout) => [layout.id, layout]));
}

const versions = readdirSync(RELEASED).filter((name) => /^\d/.test(name));

describe.each(versions)("the bucket layouts of release %s", (version) => {
  it("are still known, each with the bounds that it had", () => {
    const released = layoutsIn(version);
    expect(released.length).toBeGreaterThan(0);
    const known = knownLayouts();
    expect(released.map(({ id }) => known.get(id))).toEqual(released);
  });
});
