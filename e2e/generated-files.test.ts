import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FOREIGN_METRICS } from "@sockscope/alerts";
import { ALERT_THRESHOLDS, type Threshold } from "@sockscope/catalog";
import { readPrograms, type Stack, startStack } from "@sockscope/stack";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { closeUp } from "./testing/panels/close-up.test-support.ts";
import { COMPLAINTS_OF_SERVERS, checkMetrics } from "./testing/promtool.test-support.ts";

const GENERATED = fileURLToPath(new URL("../alerts/generated/", import.meta.url));

interface Result {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a tool with the given standard input. */
function run(
  program: string | undefined,
  args: readonly string[],
  { input = "", cwd = GENERATED }: { readonly input?: string; readonly cwd?: string } = {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(program ?? "", args, { cwd });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
    child.stdin.end(input);
  });
}

const { promtool, amtool } = readPrograms();

describe("generated rules and routing", () => {
  it("are accepted by promtool", async () => {
    expect(await run(promtool, ["check", "rules", "rules.yml"])).toMatchObject({ code: 0 });
  });

  it("are scraped for in containers as Prometheus understands it", async () => {
    const args = ["check", "config", "--syntax-only", "../../docker/generated/prometheus.yml"];
    expect(await run(promtool, args)).toMatchObject({ code: 0 });
  });

  it("pass every alert's own tests", async () => {
    const result = await run(promtool, ["test", "rules", "rules.test.yml"]);
    expect(result.output).toContain("SUCCESS");
    expect(result.code).toBe(0);
  });

  it.each(["alertmanager.yml", "alertmanager.local.yml", "../../docker/generated/alerts/alertmanager.yml"])(
    "%s is accepted by amtool",
    async (file) => {
      expect(await run(amtool, ["check-config", file])).toMatchObject({ code: 0 });
    },
  );

  it.each([
    ["page", "pager"],
    ["ticket", "inbox"],
    ["", "pager"],
    ["none", "dead-mans-switch"],
  ])("sends a %s to the %s", async (severity, receiver) => {
    const args = ["config", "routes", "test", "--config.file=alertmanager.yml", `severity=${severity}`];
    expect((await run(amtool, args)).output).toMatch(new RegExp(`^${receiver}$`, "m"));
  });
});

/** Agrees with the defaults in nothing that it may choose. */
const OTHER_COMPANY = {
  links: {
    runbooks: "https://wiki.chat.internal/runbooks",
    grafana: "https://grafana.chat.internal",
    prometheus: "https://prometheus.chat.internal",
  },
  releases: ["1", "2"],
  environmentLabels: ["cluster", "namespace"],
  jobs: { collectors: "telemetry-collector", servers: "chat.v2" },
  targets: {
    connect_success: { share: 0.99 },
    message_delivery: { bound: 0.5 },
  },
  alerts: { WsAuthCloseSpike: { share: 0.033, fewestSessions: 7 } },
  receivers: {
    pageWhere: { cluster: ["prod.eu", "prod.us"] },
    page: { slack: { apiUrlFile: "/run/secrets/slack", channel: "#on-call" } },
    ticket: { webhook: { url: "https://hooks.chat.internal/tickets" } },
  },
  scrape: {
    interval: "60s",
    labels: { cluster: "prod.eu", namespace: "chat" },
    collectors: ["collector-0.chat.internal:4391", "[fd00::1]:4391"],
    servers: ["chat.internal:9464"],
  },
};

/** Every number of every alert, by its kind. */
function everyThreshold(values: Readonly<Record<Threshold["kind"], number>>): object {
  const alerts = Object.entries<Readonly<Record<string, Threshold>>>(ALERT_THRESHOLDS);
  return Object.fromEntries(
    alerts.map(([name, thresholds]) => [
      name,
      Object.fromEntries(Object.entries(thresholds).map(([number, { kind }]) => [number, values[kind]])),
    ]),
  );
}

const DEPLOYMENTS: readonly (readonly [whose: string, config: object])[] = [
  [
    "with close codes of its own",
    {
      closeCodes: {
        "4008": { name: "idle", meaning: "Nobody wrote.", userSees: "reconnecting" },
        "4012": { name: "signed out", meaning: "The session ended.", userSees: "authentication failed" },
      },
    },
  ],
  ["of another company", OTHER_COMPANY],
  ["with the smallest numbers", { alerts: everyThreshold({ share: 0.000_01, count: 6 }) }],
  ["with the largest numbers", { alerts: everyThreshold({ share: 0.999_99, count: 1_000_000_000 }) }],
];

/** Generates what a configuration makes, into a folder of its own. */
async function generated(own: object): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "sockscope-deployment-"));
  const example = fileURLToPath(new URL("../docs/examples/sockscope.config.json", import.meta.url));
  const config = join(folder, "sockscope.config.json");
  const defaults = { ...JSON.parse(readFileSync(example, "utf8")), closeReasons: {} };
  writeFileSync(config, JSON.stringify({ ...defaults, ...own }));
  const cli = fileURLToPath(new URL("../cli/dist/sockscope.js", import.meta.url));
  const { code, output } = await run(process.execPath, [
    cli,
    "generate",
    "--config",
    config,
    "--out",
    folder,
  ]);
  if (code !== 0) throw new Error(output);
  return folder;
}

interface GeneratedGroup {
  readonly name: string;
  readonly rules: readonly { readonly record?: string; readonly alert?: string; readonly expr: string }[];
}

interface GeneratedTests {
  readonly group_eval_order: readonly string[];
  readonly tests: readonly { readonly alert_rule_test: readonly { readonly alertname: string }[] }[];
}

/** The alert's rules and the recording rules that they read, in their groups; no recording rule reads another. */
function onlyOf(groups: readonly GeneratedGroup[], alertname: string): GeneratedGroup[] {
  const own = groups.flatMap(({ rules }) => rules).filter(({ alert }) => alert === alertname);
  const isRead = (record: string): boolean =>
    own.some(({ expr }) => new RegExp(`(?<![\\w:])${record}(?![\\w:])`).test(expr));
  return groups
    .map((group) => ({
      ...group,
      rules: group.rules.filter(({ record, alert }) => alert === alertname || isRead(record ?? "")),
    }))
    .filter(({ rules }) => rules.length > 0);
}

/** So many of promtool at a time. */
const AT_ONCE = 6;

/**
 * Runs every alert's own tests on what it reads alone, and says what promtool says of each. All rules together, at every minute of
 * every test, would cost minutes and say the same: the repository's own are tested so.
 */
async function testedAlone(folder: string): Promise<Result> {
  const read = (file: string) => parse(readFileSync(join(folder, file), "utf8"));
  const { groups } = read("rules.yml") as { groups: GeneratedGroup[] };
  const { tests, ...options } = read("rules.test.yml") as GeneratedTests;
  const nameOf = ({ alert_rule_test: [first] }: GeneratedTests["tests"][number]) => first?.alertname ?? "";
  const files = [...new Set(tests.map(nameOf))].map((alertname) => {
    const alone = onlyOf(groups, alertname);
    const order = alone.map(({ name }) => name);
    writeFileSync(join(folder, `${alertname}.yml`), JSON.stringify({ groups: alone }));
    writeFileSync(
      join(folder, `${alertname}.test.yml`),
      JSON.stringify({
        ...options,
        rule_files: [`${alertname}.yml`],
        group_eval_order: order,
        tests: tests.filter((test) => nameOf(test) === alertname),
      }),
    );
    return `${alertname}.test.yml`;
  });
  // promtool waits for the disk at each test, and not for anybody else who does.
  const results = await Promise.all(
    Array.from({ length: AT_ONCE }, (_unused, first) =>
      files.filter((_file, index) => index % AT_ONCE === first),
    ).map((some) => run(promtool, ["test", "rules", ...some], { cwd: folder })),
  );
  return {
    code: results.every(({ code }) => code === 0) ? 0 : 1,
    output: results.map(({ output }) => output).join("\n"),
  };
}

describe.each(DEPLOYMENTS)("what a deployment %s generates", (_whose, own) => {
  let folder = "";
  let cwd = "";

  beforeAll(async () => {
    folder = await generated(own);
    cwd = join(folder, "alerts");
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is accepted by promtool and amtool, and passes every alert's own tests", async () => {
    expect(await run(promtool, ["check", "rules", "rules.yml"], { cwd })).toMatchObject({ code: 0 });
    const { code, output } = await testedAlone(cwd);
    expect([code, output.match(/SUCCESS/g)?.length], output).toEqual([
      0,
      Object.keys(ALERT_THRESHOLDS).length,
    ]);
    expect(await run(amtool, ["check-config", "alertmanager.yml"], { cwd })).toMatchObject({ code: 0 });
  });

  it("has dashboards whose every query Prometheus understands", async () => {
    const dashboards = readdirSync(join(folder, "dashboards"));
    expect(dashboards).toContain("sockscope-own-metrics.json");
    const rules = dashboards.flatMap((file) => {
      const { panels } = JSON.parse(readFileSync(join(folder, "dashboards", file), "utf8")) as {
        panels: { targets?: { expr: string }[] }[];
      };
      const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
      return queries.map((expr, i) => ({
        record: `query:${file.replaceAll(/\W/g, "_")}:${i}`,
        expr: closeUp(expr),
      }));
    });
    writeFileSync(join(folder, "queries.yml"), JSON.stringify({ groups: [{ name: "queries", rules }] }));
    const { code, output } = await run(promtool, ["check", "rules", "queries.yml"], { cwd: folder });
    expect([code, output]).toEqual([0, expect.stringContaining(`${rules.length} rules found`)]);
  });

  it("leads to runbooks that are there", () => {
    const rules = readFileSync(join(cwd, "rules.yml"), "utf8");
    const urls = [...rules.matchAll(/runbook_url: (\S+)/g)].map(([, url = ""]) => url);
    expect(urls.length).toBeGreaterThan(0);
    for (const url of urls) {
      expect(url).toMatch(/^https:\/\/wiki\.chat\.internal\/runbooks\//);
      expect(existsSync(join(folder, "runbooks", url.split("/").at(-1) ?? "")), url).toBe(true);
    }
  });
});

describe("what a deployment generates that has several environments and says where everything is", () => {
  let folder = "";
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");

  beforeAll(async () => {
    folder = await generated(OTHER_COMPANY);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is a scrape configuration that promtool accepts, with every job, and its interval is Grafana's", async () => {
    const cwd = join(folder, "prometheus");
    // Whole by itself: what another file includes has to be.
    const checked = await run(promtool, ["check", "config", "scrape.yml"], { cwd });
    expect(checked).toMatchObject({ code: 0 });
    expect(read("prometheus/scrape.yml").match(/honor_labels: true/g)).toHaveLength(2);
    expect(read("prometheus/scrape.yml")).toMatch(/job_name: telemetry-collector[\s\S]*job_name: chat\.v2/);
    expect(read("grafana/datasource.yml")).toMatch(/timeInterval: 60s/);
  });

  it.each([
    ["prod.eu", "page", "pager"],
    ["prod.us", "page", "pager"],
    ["prod.eu", "ticket", "inbox"],
    ["staging", "page", "inbox"],
    ["", "page", "pager"],
    ["prod-eu", "page", "inbox"],
  ])("sends what cluster %s has for a %s to the %s", async (cluster, severity, receiver) => {
    const args = ["config", "routes", "test", "--config.file=alertmanager.yml", `severity=${severity}`];
    const { output } = await run(amtool, [...args, `cluster=${cluster}`], { cwd: join(folder, "alerts") });
    expect(output).toMatch(new RegExp(`^${receiver}$`, "m"));
  });

  it("stamps every target with its environment", () => {
    const { scrape_configs } = parse(read("prometheus/scrape.yml")) as {
      scrape_configs: { static_configs: { labels?: object }[] }[];
    };
    expect(
      scrape_configs.flatMap(({ static_configs }) => static_configs.map(({ labels }) => labels)),
    ).toEqual([
      { cluster: "prod.eu", namespace: "chat" },
      { cluster: "prod.eu", namespace: "chat" },
    ]);
  });

  it.each([
    ["firing", "Firing", "danger", /users wait/],
    ["resolved", "Resolved", "good", /It is over\./],
  ])("tells Slack apart what is %s", async (status, word, color, text) => {
    const { receivers } = parse(read("alerts/alertmanager.yml")) as {
      receivers: { slack_configs?: Record<"title" | "color" | "text", string>[] }[];
    };
    const slack = receivers.flatMap(({ slack_configs = [] }) => slack_configs).at(0) ?? expect.fail();
    const alert = { status, labels: { alertname: "A" }, annotations: { description: "3 users wait." } };
    writeFileSync(
      join(folder, "data.json"),
      JSON.stringify({ status, alerts: [alert], groupLabels: alert.labels }),
    );
    const render = async (template: string): Promise<string> => {
      const args = ["template", "render", "--template.glob=none", "--template.data=data.json"];
      return (await run(amtool, [...args, `--template.text=${template}`], { cwd: folder })).output;
    };
    expect(await render(slack.title)).toMatch(new RegExp(`^${word}: A`));
    expect(await render(slack.color)).toBe(color);
    expect(await render(slack.text)).toMatch(text);
  });

  it("keeps environments apart in every rule, dashboard, route and link", () => {
    const rules = read("alerts/rules.yml");
    const groupings = [...rules.matchAll(/\bby \(([^)]*)\)/g)].map(([, labels = ""]) => labels);
    expect(groupings.length).toBeGreaterThan(10);
    expect(groupings.filter((labels) => !labels.includes("cluster, namespace"))).toEqual([]);
    expect(rules).not.toMatch(/\bsum\(/);
    expect(rules).toContain(
      "&var-cluster={{ $labels.cluster | urlquery }}&var-namespace={{ $labels.namespace | urlquery }}&var-app=",
    );
    expect(read("alerts/alertmanager.yml")).toMatch(
      /group_by:\s+- alertname\s+- cluster\s+- namespace\s+- app\s+- job/,
    );
    const { panels } = JSON.parse(read("dashboards/sockscope-connections.json")) as {
      panels: { targets?: { expr: string }[] }[];
    };
    const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(queries.filter((query) => !query.includes('cluster=~"$cluster",namespace=~"$namespace"'))).toEqual(
      [],
    );
    expect(read("dashboards/sockscope-overview.json")).toContain("by (release)");
  });
});

describe("expositions", () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack();
  });

  afterAll(async () => {
    await stack?.stop();
  });

  it("of the collector please promtool without complaint", async () => {
    const exposition = await (await fetch(`${stack.collector.adminUrl}/metrics`)).text();
    expect(await run(promtool, ["check", "metrics"], { input: exposition })).toEqual({ code: 0, output: "" });
  });

  it("of the chat server please promtool but for what the text format cannot say", async () => {
    const { output } = await checkMetrics(await (await fetch(stack.chat.metricsUrl)).text());
    // Those of its process are its library's.
    const ours = output.split("\n").filter((line) => line.startsWith("ws_"));
    expect(ours.sort()).toEqual(COMPLAINTS_OF_SERVERS);
  });

  it("of the chat server have what runbooks ask about its process", async () => {
    const lines = (await (await fetch(stack.chat.metricsUrl)).text()).split("\n");
    const missing = FOREIGN_METRICS.filter(({ name }) => !lines.some((line) => line.startsWith(`${name} `)));
    expect(missing).toEqual([]);
  });
});
