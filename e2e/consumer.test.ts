import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  CLOSES,
  CONNECT_ATTEMPTS,
  DEFAULT_CATALOG,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  SERVER_CLOSES,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
} from "@sockscope/catalog";
import { seriesText } from "@sockscope/catalog/protocol";
import { INSTRUMENTS } from "@sockscope/sdk/otel";
import { Child, freePort, readPrograms, startPrometheus } from "@sockscope/stack";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrives } from "./testing/arrival.test-support.ts";
import { launchBrowser } from "./testing/browser.test-support.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

/** Not ours: what a chat server and a page may have anyway, in the versions that are known to work. */
const PEERS = [
  "ws@8.23.0",
  "prom-client@15.1.3",
  "@types/ws@8.18.2",
  "@types/node@20.19.43",
  "@opentelemetry/api@1.9.1",
  "@datadog/browser-rum@7.16.2",
];

/** With which releases are announced. */
const TOKEN = "0123456789abcdef";

let folder = "";
let packages = "";
const at = (path: string): string => join(folder, "app", path);

function tarballs(): string[] {
  return readdirSync(packages).map((file) => join(packages, file));
}

async function install(cwd: string, what: readonly string[]): Promise<void> {
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", ...what], {
    cwd,
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sockscope-consumer-"));
  packages = join(folder, "packages");
  await run(process.execPath, [join(ROOT, "scripts/pack.mjs"), "--out", packages], { cwd: ROOT });
  cpSync(join(ROOT, "e2e/consumer"), at("."), { recursive: true });
  await install(at("."), [...tarballs(), ...PEERS]);
}, 180_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the packages, as others get them", () => {
  it("have a README, the licence, and maps that carry their sources", () => {
    for (const workspace of ["catalog", "promql", "sdk", "server", "collector", "config"]) {
      const own = at(`node_modules/@sockscope/${workspace}`);
      expect(readdirSync(own), workspace).toEqual(expect.arrayContaining(["README.md", "LICENSE"]));
      const map = JSON.parse(readFileSync(join(own, "dist/index.js.map"), "utf8")) as {
        sourcesContent?: string[];
      };
      expect(map.sourcesContent?.[0], workspace).toContain("export");
      expect(
        readdirSync(join(own, "dist"), { recursive: true, encoding: "utf8" }).filter((file) =>
          /\.test|\.d\.ts\.map$/.test(file),
        ),
      ).toEqual([]);
    }
  });

  it("are each whole: the SDK needs nothing but itself", async () => {
    const alone = join(folder, "alone");
    mkdirSync(alone);
    writeFileSync(join(alone, "package.json"), '{ "type": "module" }');
    const sdk = tarballs().find((file) => file.includes("sockscope-sdk"));
    await install(alone, [sdk ?? expect.fail()]);
    expect(readdirSync(join(alone, "node_modules/@sockscope"))).toEqual(["sdk"]);
    const { stdout } = await run(
      process.execPath,
      ["--input-type=module", "--eval", 'console.log(typeof (await import("@sockscope/sdk")).start)'],
      { cwd: alone },
    );
    expect(stdout).toBe("function\n");
  });

  it("have every sink whole, also where its product is not installed", async () => {
    const sinks = join(folder, "sinks");
    mkdirSync(sinks);
    writeFileSync(join(sinks, "package.json"), '{ "type": "module" }');
    const sdk = tarballs().find((file) => file.includes("sockscope-sdk"));
    await install(sinks, [sdk ?? expect.fail()]);
    writeFileSync(
      join(sinks, "sinks.js"),
      `import { INSTRUMENTS } from "@sockscope/sdk/otel";
       import { datadog } from "@sockscope/sdk/datadog";
       const actions = [];
       datadog({ addAction: (...args) => actions.push(args), addDurationVital() {} }).counted("${seriesText(CLOSES.name, ["4401", "opened", "peer"])}", 1);
       console.log(JSON.stringify({ INSTRUMENTS, actions }));`,
    );
    const { stdout } = await run(process.execPath, ["sinks.js"], { cwd: sinks });
    const close = { code: "4401", phase: "opened", endedBy: "peer" };
    expect(JSON.parse(stdout)).toEqual({ INSTRUMENTS, actions: [["websocket_close", { websocket: close }]] });
  });

  it("are for a server those that the README names", async () => {
    const server = join(folder, "server");
    mkdirSync(server);
    writeFileSync(join(server, "package.json"), '{ "type": "module" }');
    const named = tarballs().filter((file) => /sockscope-(?:server|catalog|config)-/.test(file));
    expect(named).toHaveLength(3);
    await install(server, [...named, "prom-client@15.1.3"]);
    const uses = ["server", "config"].map((name) => `await import("@sockscope/${name}")`).join(", ");
    const { stdout } = await run(
      process.execPath,
      ["--input-type=module", "--eval", `console.log([${uses}].length)`],
      { cwd: server },
    );
    expect(stdout).toBe("2\n");
  });

  it("generate what the page imports, and compile strictly with it, mistakes refused", async () => {
    const { stdout } = await run(
      process.execPath,
      [
        at("node_modules/sockscope/dist/sockscope.js"),
        "generate",
        "--config",
        "sockscope.config.json",
        "--out",
        "src/generated",
        "--only",
        "page",
      ],
      { cwd: at(".") },
    );
    expect(stdout).toBe("wrote vocabulary.ts\n");
    await run(process.execPath, [tsc, "-p", "."], { cwd: at(".") }).catch((error: { stdout: string }) => {
      throw new Error(error.stdout);
    });
    await build({
      entryPoints: [at("src/page.ts")],
      bundle: true,
      format: "esm",
      outfile: at("dist/page.bundle.js"),
      logLevel: "error",
    });
  });
});

describe("a chat of its own, with its own frames, codes and metrics", () => {
  const children: { stop(): Promise<unknown> }[] = [];
  let browser: Browser | undefined;
  let prometheus = { url: "" };

  beforeAll(async () => {
    const port = await freePort();
    const config = JSON.parse(readFileSync(at("sockscope.config.json"), "utf8")) as { apps: object[] };
    config.apps = [{ name: "exchange", origins: [`http://127.0.0.1:${port}`] }];
    writeFileSync(at("deployed.config.json"), JSON.stringify(config));
    writeFileSync(at("token"), `${TOKEN}\n`);
    const collector = new Child({
      part: "collector",
      program: process.execPath,
      args: [
        at("node_modules/sockscope/dist/sockscope.js"),
        "collector",
        `--config=${at("deployed.config.json")}`,
        "--listen=127.0.0.1:0",
        "--admin=127.0.0.1:0",
        `--announce-token-file=${at("token")}`,
      ],
      logFile: at("collector.log"),
    });
    children.push(collector);
    const { ingest, admin } = await collector.listening<{ ingest: string; admin: string }>(15_000);
    // Before its pages go out.
    await fetch(`${admin}/releases`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      body: '{"release":"1.1.0"}',
    });
    const chat = new Child({
      part: "chat",
      program: process.execPath,
      args: ["--no-warnings", at("dist/server.js"), String(port), at("deployed.config.json"), ingest],
      logFile: at("chat.log"),
      cwd: at("."),
    });
    children.push(chat);
    await chat.listening(15_000);
    const real = await startPrometheus({
      programs: readPrograms(),
      stateDir: at("."),
      port: await freePort(),
      targets: {
        collectorAdmin: new URL(admin).host,
        chatMetrics: `127.0.0.1:${port}`,
        alertmanager: "127.0.0.1:9",
        interval: "1s",
      },
    });
    children.push(real);
    prometheus = real;
    browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction(() => document.title === "closed 4001");
  });

  afterAll(async () => {
    await browser?.close();
    for (const child of children.reverse()) await child.stop();
  });

  it.each([
    [`${FRAMES_SENT.name}{event="place_order"}`, 2],
    [`${FRAMES_RECEIVED.name}{event="order_filled"}`, 2],
    [`${CLOSES.name}{code="4008",ended_by="peer"}`, 1],
    [`${CLOSES.name}{code="4001",ended_by="peer"}`, 1],
    [`${CONNECT_ATTEMPTS.name}{outcome="opened",trigger="initial"}`, 1],
    [`${CONNECT_ATTEMPTS.name}{outcome="opened",trigger="backoff"}`, 1],
    ['orders_placed_total{side="buy"}', 2],
    ["order_confirmation_seconds_count", 2],
    [`${SERVER_FRAMES_SENT.name}{event="order_filled"}`, 2],
    [`${SERVER_FRAMES_RECEIVED.name}{event="place_order"}`, 2],
    [`${SERVER_CLOSES.name}{code="4008",reason="idle"}`, 1],
    [`${SERVER_CLOSES.name}{code="4001",reason="signed_in_elsewhere"}`, 1],
    [`${SERVER_CONNECTIONS_OPENED.name}{auth_method="bearer"}`, 2],
  ])("reaches Prometheus under its names: %s is %d", async (series, expected) => {
    // Only pages are built from a release.
    const pages = DEFAULT_CATALOG.serverMetrics.some(({ metric }) => series.startsWith(`${metric.name}{`))
      ? 'app="exchange"'
      : 'app="exchange",release="1.1.0"';
    const of = series.includes("{") ? series.replace("{", `{${pages},`) : `${series}{${pages}}`;
    expect(await arrives({ prometheus }, of, (value) => value >= expected)).toBe(expected);
  });
});
