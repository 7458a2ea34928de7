import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runSockscope } from "../run-sockscope.ts";

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly time: string | null;
}

/** What Prometheus has of each query, and what fires; set by each test. */
let samplesOf: (promql: string) => readonly { metric: object; value: readonly [number, string] }[] = () => [];
let alerts: readonly object[] = [];
let asked: Asked[] = [];
let server: Server;
let url = "";
const folder = mkdtempSync(join(tmpdir(), "sockscope-diagnose-"));

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const form = new URLSearchParams(body);
      const { url: path = "", headers } = request;
      asked.push({ path, authorization: headers.authorization, time: form.get("time") });
      const query = form.get("query") ?? "";
      const vector = { resultType: "vector", result: samplesOf(query) };
      const now = { resultType: "scalar", result: [0, String(NOW)] };
      const data = path.endsWith("/alerts") ? { alerts } : query === "time()" ? now : vector;
      response.setHeader("content-type", "application/json").end(JSON.stringify({ status: "success", data }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  samplesOf = () => [];
  alerts = [];
  asked = [];
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const NOW = 1_700_000_000;

const one = (value: number) => (promql: string) =>
  promql.startsWith("ALERTS") ? [] : [{ metric: { app: "chat" }, value: [0, String(value)] as const }];

const ACTIVE_AT = new Date((NOW - 600) * 1000).toISOString();
const WATCHDOG = {
  labels: { alertname: "Watchdog", severity: "none" },
  state: "firing",
  activeAt: ACTIVE_AT,
};
const SPIKE = {
  labels: { alertname: "WsAuthCloseSpike", severity: "page", app: "chat" },
  annotations: {
    description: "Half of the pages.",
    runbook_url: "https://wiki.example/WsAuthCloseSpike.md",
    dashboard_url: "javascript:alert(1)",
  },
  state: "firing",
  activeAt: ACTIVE_AT,
};

async function run(args: readonly string[], environment: Record<string, string> = {}) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const exit = await runSockscope(["diagnose", ...args], {
    environment,
    print: (text) => printed.push(text),
    complain: (text) => complaints.push(text),
    stopRequested: () => new Promise(() => {}),
  });
  return { exit, text: printed.join("\n"), complaint: complaints.join("\n") };
}

const diagnosed = (...args: string[]) => run([...args, "--prometheus", url]);

describe("sockscope diagnose", () => {
  it("ends with 1 where something is not healthy, and says what the alert says and where it leads", async () => {
    samplesOf = one(1e9);
    alerts = [WATCHDOG, SPIKE];
    const { exit, text } = await diagnosed("wsauthclosespike");
    expect(exit).toBe(1);
    expect(text).toContain("WsAuthCloseSpike  app=chat\n");
    expect(text).toContain("Alert: page, firing for 10 min, since 2023-11-14 22:03:20 UTC.");
    expect(text).toContain("Half of the pages.");
    expect(text).toContain("Runbook    https://wiki.example/WsAuthCloseSpike.md");
    expect(text).not.toContain("javascript");
  });

  describe("of an alert that is pending", () => {
    const PENDING = {
      ...SPIKE,
      state: "pending",
      labels: { ...SPIKE.labels, app: "other" },
      activeAt: new Date((NOW - 120) * 1000).toISOString(),
    };
    const NOTE =
      "WsAuthCloseSpike (severity=page, app=other) is pending: its condition holds for 2 min, and it fires if it goes on.";
    const notesOf = ({ text }: { text: string }): unknown => JSON.parse(text).notes;

    it("says so, and does not diagnose it as one that fires", async () => {
      alerts = [WATCHDOG, PENDING];
      const all = await diagnosed("--format", "json");
      expect([all.exit, notesOf(all)]).toEqual([0, ["No alert of Sockscope fires.", NOTE]]);
      const [only] = JSON.parse((await diagnosed("WsAuthCloseSpike", "--format", "json")).text).diagnoses;
      expect(only).toMatchObject({ labels: {}, firing: [] });
    });

    it("says so of the alert that was asked for, and of no other", async () => {
      alerts = [WATCHDOG, PENDING];
      expect(notesOf(await diagnosed("WsAuthCloseSpike", "--format", "json"))).toEqual([NOTE]);
      expect(notesOf(await diagnosed("WsMassDisconnect", "--format", "json"))).toEqual([]);
    });

    it("says so of the past", async () => {
      samplesOf = (promql) => {
        if (promql === "ALERTS_FOR_STATE")
          return [{ metric: PENDING.labels, value: [0, String(NOW - 720)] as const }];
        const metric = { ...PENDING.labels, alertstate: "pending", __name__: "ALERTS" };
        return promql === "ALERTS" ? [{ metric, value: [0, "1"] as const }] : [];
      };
      const past = await diagnosed("WsAuthCloseSpike", "--at", String(NOW - 600), "--format", "json");
      expect(notesOf(past)).toEqual([NOTE]);
    });
  });

  it("only reads, all of it as of Prometheus' own now", async () => {
    samplesOf = one(1);
    await diagnosed("WsAuthCloseSpike");
    expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(["/api/v1/query", "/api/v1/alerts"]));
    expect(new Set(asked.slice(2).map(({ time }) => time))).toEqual(new Set([String(NOW)]));
    expect(asked.length).toBeGreaterThan(8);
  });

  it("asks of the past at its moment, and takes what fired from the series", async () => {
    samplesOf = (promql) =>
      promql.startsWith("ALERTS_FOR_STATE")
        ? [{ metric: SPIKE.labels, value: [0, "1000"] }]
        : promql.startsWith("ALERTS")
          ? [{ metric: { ...SPIKE.labels, alertstate: "firing", __name__: "ALERTS" }, value: [0, "1"] }]
          : one(1e9)(promql);
    const { text } = await diagnosed("WsAuthCloseSpike", "--at", "1970-01-01T00:30Z");
    expect(text).toContain("as it was at 1970-01-01 00:30:00 UTC");
    expect(text).toContain("Alert: page, firing for 13 min, since 1970-01-01 00:16:40 UTC.");
    expect(asked.map(({ path }) => path)).not.toContain("/api/v1/alerts");
    expect(new Set(asked.slice(1).map(({ time }) => time))).toEqual(new Set(["1800"]));
  });

  it("ends with 3 where Prometheus has nothing of what was asked for", async () => {
    expect(await diagnosed("WsAuthCloseSpike")).toMatchObject({
      exit: 3,
      text: expect.stringContaining("unknown    Cannot tell: Prometheus has nothing"),
    });
  });

  it("ends with 3 and one line where Prometheus does not answer", async () => {
    const { exit, text, complaint } = await run(["WsAuthCloseSpike", "--prometheus", "http://127.0.0.1:9"]);
    expect([exit, text]).toEqual([3, ""]);
    expect(complaint).toMatch(/^sockscope: http:\/\/127\.0\.0\.1:9 cannot be reached \(.*\); is it up.*$/);
  });

  describe("without an alert", () => {
    it("diagnoses every one that fires for somebody, and names others", async () => {
      samplesOf = one(1e9);
      const foreign = { ...SPIKE, labels: { alertname: "NodeDown", severity: "page" } };
      alerts = [WATCHDOG, foreign, SPIKE];
      const { exit, text } = await diagnosed("--format", "json");
      expect(exit).toBe(1);
      const report = JSON.parse(text);
      expect(report).toMatchObject({ version: 1, moment: NOW, isPast: false, prometheus: url });
      expect(report.diagnoses.map(({ alert }: { alert: string }) => alert)).toEqual(["WsAuthCloseSpike"]);
      expect(report.notes).toEqual(["Besides, alerts fire that are not Sockscope's: NodeDown."]);
    });

    it("ends with 0 where none fires", async () => {
      alerts = [WATCHDOG];
      expect(await diagnosed()).toMatchObject({
        exit: 0,
        text: expect.stringContaining("No alert of Sockscope fires."),
      });
    });

    it("does not take the silence of a Prometheus without the rules for health", async () => {
      expect(await diagnosed()).toMatchObject({
        exit: 3,
        text: expect.stringContaining("Watchdog always fires"),
      });
    });
  });

  describe("with a configuration", () => {
    const file = join(folder, "sockscope.config.json");
    const configure = (settings: object): void =>
      writeFileSync(
        file,
        JSON.stringify({ apps: [{ name: "chat", origins: ["https://chat.example"] }], ...settings }),
      );

    it("knows where Prometheus, runbooks and dashboards are, and its own numbers", async () => {
      samplesOf = one(1e9);
      const links = {
        prometheus: url,
        runbooks: "https://wiki.chat.internal",
        grafana: "https://grafana.chat.internal",
      };
      configure({ links, alerts: { WsAuthCloseSpike: { fewestSessions: 7 } } });
      const { text, complaint } = await run(["WsAuthCloseSpike", "--at", "1970-01-01T02:00Z"], {
        SOCKSCOPE_CONFIG: file,
      });
      expect(complaint).toBe("");
      expect(text).toContain("(healthy is at most 7)");
      expect(text).toContain("Runbook    https://wiki.chat.internal/WsAuthCloseSpike.md");
      expect(text).toMatch(/Dashboard {2}https:\/\/grafana\.chat\.internal\/d\/\S+from=3600000&to=8100000/);
    });

    it("does not ask for an alert that it leaves out", async () => {
      configure({ alerts: { WsAuthCloseSpike: { on: false } } });
      const { exit, complaint } = await diagnosed("WsAuthCloseSpike", "--config", file);
      expect([exit, complaint]).toEqual([
        2,
        expect.stringContaining("the configuration leaves WsAuthCloseSpike out"),
      ]);
    });
  });

  it.each([
    ["secret", "Bearer secret"],
    ["Basic dXNlcjpwdw==", "Basic dXNlcjpwdw=="],
    [" ", undefined],
  ])("sends the token %j as %j", async (token, authorization) => {
    await run(["--prometheus", url], { SOCKSCOPE_PROMETHEUS_TOKEN: token });
    expect(asked[0]?.authorization).toBe(authorization);
  });

  it.each(["two\nlines", "a\u0301b"])("does not send the token %j, and does not say it", async (token) => {
    const { exit, complaint } = await run(["--prometheus", url], { SOCKSCOPE_PROMETHEUS_TOKEN: token });
    expect([exit, complaint]).toEqual([2, expect.stringContaining("set the token alone")]);
    expect(complaint).not.toContain(token.slice(0, 3));
  });

  it("takes an address that is set to nothing for none", async () => {
    const { exit, complaint } = await run(["--prometheus", ""]);
    expect([exit, complaint]).toEqual([2, expect.stringContaining("no Prometheus is named")]);
  });

  it.each([
    [["WsAuthClosSpike"], "did you mean WsAuthCloseSpike,"],
    [["WsAuthCloseSpike"], "use --prometheus URL"],
    [["--prometheus", "localhost:9090"], "use one such as http://"],
    [["--prometheus", "https://user:secret@prometheus.example"], "set SOCKSCOPE_PROMETHEUS_TOKEN instead"],
    [["--prometheus", "https://user:secret@prometheus.example:99999"], "SOCKSCOPE_PROMETHEUS_TOKEN instead"],
    [["--prometheus", "user:secret@prometheus.example"], "set SOCKSCOPE_PROMETHEUS_TOKEN instead"],
    [["--prometheus", "http://p.example", "--at", "yesterday"], "use a time with its zone"],
    [["--prometheus", "http://p.example", "--format", "xml"], "use text, json, markdown"],
    [["a", "b"], "diagnose takes one alert"],
    [["--colour"], "--colour"],
  ])("says what to do about %j", async (args, advice) => {
    const { exit, complaint } = await run(args);
    expect([exit, complaint]).toEqual([2, expect.stringContaining(advice)]);
    expect(complaint).not.toContain("secret@");
  });
});
