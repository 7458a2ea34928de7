import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { documentedIn, FRAMES_SENT, type Metric } from "@sockscope/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogOf } from "./catalog-of.ts";
import { defineConfig, readConfig } from "./read-config.ts";

const CONFIG = defineConfig({
  apps: [{ name: "chat", origins: ["https://chat.example"] }],
  frames: { sent: ["place_order"] },
  closeCodes: { "4001": { name: "kicked", meaning: "Logged in elsewhere.", userSees: "error" } },
  counters: { orders_placed_total: { help: "Orders.", labels: { kind: ["buy", "sell"] } } },
  histograms: {
    order_confirmation_seconds: {
      help: "From the click to the confirmation.",
      unit: "seconds",
      layout: "order-1",
      bounds: [0.1, 1],
      max: 60,
    },
  },
});

let folder = "";

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sockscope-config-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("reading a configuration", () => {
  it.each([
    ["config.json", JSON.stringify(CONFIG)],
    ["with-bom.json", `\uFEFF${JSON.stringify(CONFIG)}`],
    ["config.mjs", `export default ${JSON.stringify(CONFIG)};`],
  ])("takes %s", async (name, text) => {
    const config = await readConfig(file(name, text));
    expect(config.frames).toEqual({ received: [], sent: ["place_order"] });
  });

  it.each([
    ["syntax.json", '{ "apps": [], }', /^syntax\.json: is no JSON from line 1, column 15 on; correct it/],
    ["two-lines.json", '\uFEFF{\n  "apps": x\n}', /^two-lines\.json: is no JSON from line 2, column 11 on/],
    [
      "throws.mjs",
      'throw new Error("no secret today");',
      /cannot be read \(no secret today\); correct the file/,
    ],
    ["named.mjs", "export const config = {};", /has no default export/],
    ["config.yaml", "apps: []", /^config\.yaml: is of no kind that is read; use one of \.json/],
    [
      "deep.json",
      `{ "apps": ${"[".repeat(50_000)}${"]".repeat(50_000)} }`,
      // Newer versions of Node can write down what older ones cannot.
      /apps\[0\]: (?:what is there|\[{60}\.\.\.) is not an object/,
    ],
    ["mistake.json", '{ "apps": [] }', /^mistake\.json: apps: /],
  ])("says what is wrong with %s", async (name, text, message) => {
    await expect(readConfig(file(name, text))).rejects.toThrow(
      expect.objectContaining({ code: "SOCKSCOPE_ERR_CONFIG", message: expect.stringMatching(message) }),
    );
  });

  it("gives a module up that never has its default export", async () => {
    const path = file("never.mjs", "await new Promise(() => {}); export default {};");
    await expect(readConfig(path, 10)).rejects.toThrow(
      /^never\.mjs: cannot be read \(its default export is not there after 0\.01 s\); let it wait for nothing that may not come$/,
    );
  });

  it("says which file is not there", async () => {
    await expect(readConfig(join(folder, "gone.json"))).rejects.toThrow(
      /^gone\.json: cannot be read \(ENOENT.*\); check its path/,
    );
  });

  it("takes TypeScript where Node loads it, and says since when elsewhere", async () => {
    const path = file(
      "config.ts",
      `const config: object = ${JSON.stringify(CONFIG)};\nexport default config;`,
    );
    const read = promisify(execFile)(process.execPath, [
      "--input-type=module",
      "--eval",
      'const { readConfig } = await import("@sockscope/config"); console.log((await readConfig(process.argv[1])).apps[0].name);',
      path,
    ]);
    const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
    if (major > 22 || (major === 22 && minor >= 18)) expect((await read).stdout).toBe("chat\n");
    else await expect(read).rejects.toThrow("Node loads TypeScript from 22.18 on");
  });
});

describe("the catalog of a configuration", () => {
  it("has what it adds", async () => {
    const catalog = catalogOf(await readConfig(file("whole.json", JSON.stringify(CONFIG))));
    const of = (name: string) => documentedIn(catalog.clientMetrics, { name } as Metric);
    expect(documentedIn(catalog.clientMetrics, FRAMES_SENT).metric.labels).toMatchObject({
      event: expect.arrayContaining(["place_order"]),
    });
    expect(catalog.closeCodeLabel(4001)).toBe("4001");
    expect(of("orders_placed_total")).toMatchObject({
      symbol: "ORDERS_PLACED",
      unit: "events",
      metric: { type: "counter", labels: { kind: ["buy", "sell"] } },
    });
    expect(of("order_confirmation_seconds").metric).toEqual({
      type: "histogram",
      name: "order_confirmation_seconds",
      labels: {},
      layout: { id: "order-1", bounds: [0.1, 1], max: 60 },
    });
  });
});
