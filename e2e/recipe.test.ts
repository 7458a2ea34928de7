import { execFile, execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { allMetrics, CONNECT_DURATION, DEFAULT_CATALOG, type DocumentedMetric } from "@sockscope/catalog";
import { wireName } from "@sockscope/catalog/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyEdit, editsOf } from "./testing/recipe.test-support.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const WORKSPACES = ["catalog", "sdk", "collector", "promql", "slo", "dashboards"];
const NEW_METRIC = "ws_client_socket_errors_total";

/** What the copy says of itself when the recipes were followed. */
interface Report {
  readonly names: readonly string[];
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly layouts: Readonly<Record<string, readonly number[]>>;
  readonly before: string;
  readonly status: number;
  readonly after: string;
  readonly instruments: readonly (readonly [series: string, name: string])[];
  readonly panels: readonly string[];
}

/** Runs in the copy, with the copy's packages. */
const PROBE = `
import * as catalog from "@sockscope/catalog";
import { batchText, histogramLine, seriesText } from "@sockscope/catalog/protocol";
import { startCollector } from "@sockscope/collector";
import { DASHBOARDS, panelsOf } from "@sockscope/dashboards";
import { INSTRUMENTS } from "@sockscope/sdk/otel";
import { createRecorder } from "./sdk/dist/record/recorder.js";
import { closeBatch } from "./sdk/dist/ship/closed-batch.js";

const all = catalog.allMetrics(catalog.DEFAULT_CATALOG);
const layouts = all.flatMap(({ metric, olderLayouts = [] }) =>
  "layout" in metric ? [metric.layout, ...olderLayouts.map(({ layout }) => layout)] : []);
const anywhere = { host: "127.0.0.1", port: 0 };
const collector = await startCollector({ listen: anywhere, admin: anywhere, apps: [{ name: "chat", origins: ["https://chat.example"] }] });
const scrape = async () => (await fetch(collector.adminUrl + "/metrics")).text();
const before = await scrape();
const recorder = createRecorder();
recorder.count(catalog.SOCKET_ERRORS, {});
recorder.observe(catalog.CONNECT_DURATION, 12);
const recorded = closeBatch({ seq: 1, leaving: false, ...recorder.read(10_000) }, { now: () => 0, wallClock: () => 0 });
const old = histogramLine(seriesText(catalog.CONNECT_DURATION.name, []), "connect-1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0], 20);
const post = (body) => fetch(collector.ingestUrl + "/v1/batches/0f1e2d3c4b5a69788796a5b4c3d2e1f0?app=chat", {
  method: "POST",
  headers: { origin: "https://chat.example", "content-type": "text/plain" },
  body,
});
const { status } = await post(recorded.body());
await post(batchText({ seq: 2, closedMsAgo: 0, leaving: false }, [old]));
const after = await scrape();
await collector.close();
console.log(JSON.stringify({
  names: all.map(({ metric }) => metric.name),
  labels: Object.fromEntries(all.map(({ metric }) => [metric.name, Object.keys(metric.labels)])),
  layouts: Object.fromEntries(layouts.map(({ id, bounds }) => [id, bounds])),
  before, status, after,
  instruments: INSTRUMENTS.map(({ series, name }) => [series, name]),
  panels: DASHBOARDS.flatMap(panelsOf).map(({ title }) => title),
}));
`;

function copyTracked(folder: string): void {
  const files = execFileSync("git", ["ls-files", "-z", ...WORKSPACES, "*.json"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter((name) => name !== "")) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
  }
}

/** Everything that is installed, but our own packages from the copy. */
function linkPackages(folder: string): void {
  mkdirSync(join(folder, "node_modules/@sockscope"), { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules")).filter((entry) => entry !== "@sockscope")) {
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
  for (const name of WORKSPACES)
    symlinkSync(join(folder, name), join(folder, "node_modules/@sockscope", name));
}

function followRecipes(folder: string): void {
  for (const edit of editsOf(readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8"))) {
    const path = join(folder, edit.file);
    writeFileSync(path, applyEdit(readFileSync(path, "utf8"), edit));
  }
}

function sampleOf(exposition: string, series: string): number {
  const line = exposition.split("\n").find((candidate) => candidate.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1));
}

describe("the recipes of CONTRIBUTING.md, followed to the letter", () => {
  const folder = mkdtempSync(join(tmpdir(), "sockscope-recipe-"));
  let report: Report;

  beforeAll(async () => {
    copyTracked(folder);
    linkPackages(folder);
    followRecipes(folder);
    const run = promisify(execFile);
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    await run(process.execPath, [tsc, "-b", ...WORKSPACES], { cwd: folder }).catch(
      (error: { stdout: string }) => {
        throw new Error(error.stdout);
      },
    );
    writeFileSync(join(folder, "probe.mjs"), PROBE);
    const { stdout } = await run(process.execPath, ["probe.mjs"], { cwd: folder, maxBuffer: 2 ** 24 });
    report = JSON.parse(stdout) as Report;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("have edits, and none that was overlooked", () => {
    const page = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
    expect(editsOf(page)).toHaveLength(page.match(/^ *```ts$/gm)?.length ?? 0);
    expect(editsOf(page).length).toBeGreaterThan(8);
  });

  it("expose the new metric at zero from the start", () => {
    expect(sampleOf(report.before, `${NEW_METRIC}{app="chat"}`)).toBe(0);
  });

  it("have what a page records of it accepted and counted", () => {
    expect(report.status).toBe(204);
    expect(sampleOf(report.after, `${NEW_METRIC}{app="chat"}`)).toBe(1);
  });

  it("count the new layout, and the old one under the name that it keeps", () => {
    const { name } = CONNECT_DURATION;
    expect(sampleOf(report.after, `${name}_bucket{app="chat",le="10"}`)).toBe(0);
    expect(sampleOf(report.after, `${name}_bucket{app="chat",le="15"}`)).toBe(1);
    expect(sampleOf(report.after, `${name}_count{app="chat"}`)).toBe(1);
    expect(sampleOf(report.after, `${name}_layout_1_count{app="chat"}`)).toBe(1);
    expect(sampleOf(report.after, `${name}_layout_1_sum{app="chat"}`)).toBe(20);
  });

  it("have a name for it in OpenTelemetry", () => {
    expect(report.instruments).toContainEqual([wireName(NEW_METRIC), "websocket.client.socket_errors"]);
  });

  it("show it", () => {
    expect(report.panels).toContain("Errors of sockets");
  });

  it("rename nothing", () => {
    const all: readonly DocumentedMetric[] = allMetrics(DEFAULT_CATALOG);
    for (const { metric, olderLayouts = [] } of all) {
      expect(report.names).toContain(metric.name);
      expect(report.labels[metric.name]).toEqual(Object.keys(metric.labels));
      if (!("layout" in metric)) continue;
      for (const { id, bounds } of [metric.layout, ...olderLayouts.map(({ layout }) => layout)]) {
        expect(report.layouts[id]).toEqual(bounds);
      }
    }
    expect(report.names).toHaveLength(all.length + 1);
  });
});
