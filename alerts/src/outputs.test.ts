import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { rangeSeconds } from "@sockscope/promql";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { howFarBack } from "./how-far-back.ts";
import {
  ALERTS,
  EXAMPLE_LINKS,
  GRAFANA_DATA_SOURCE_UID,
  generate,
  grafanaAlertingFiles,
  kubernetesFiles,
  runbookUrl,
} from "./index.ts";
import { panelUrlOfApp } from "./links.ts";

const { groups } = parse(generate().get("alerts/generated/rules.yml") ?? "") as { groups: object[] };

it("a PrometheusRule has the rules of Prometheus, and no namespace that might be another's", () => {
  const manifest = parse(kubernetesFiles(DEFAULT_CATALOG, EXAMPLE_LINKS).get("prometheus-rule.yml") ?? "");
  expect(manifest).toEqual({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "sockscope", labels: { "app.kubernetes.io/name": "sockscope" } },
    spec: { groups },
  });
});

interface GrafanaRule {
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly data: readonly { refId: string; datasourceUid: string; model: { refId: string; expr?: string } }[];
  readonly dashboardUid: string;
  readonly panelId: number;
  readonly for: string;
  readonly keepFiringFor?: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

describe("Grafana-managed alerts", () => {
  const files = grafanaAlertingFiles(DEFAULT_CATALOG, EXAMPLE_LINKS);
  const { apiVersion, groups: grafanaGroups } = parse(files.get("rules.yml") ?? "") as {
    apiVersion: number;
    groups: { orgId: number; name: string; folder: string; interval: string; rules: GrafanaRule[] }[];
  };
  const rules = grafanaGroups.flatMap((group) => group.rules);

  it("are one group of every rule that there is, each with its own query, times, labels and panel", () => {
    expect(apiVersion).toBe(1);
    expect(grafanaGroups).toMatchObject([
      { orgId: 1, name: "sockscope.alerts", folder: "Sockscope", interval: "1m" },
    ]);
    expect(
      rules.map(({ data, labels, dashboardUid, panelId, keepFiringFor, ...rule }) => [
        data[0]?.model.expr,
        labels,
        [dashboardUid, panelId],
        [rule.for, keepFiringFor],
      ]),
    ).toEqual(
      ALERTS.map(({ expression, severity, labels, panel, holds, keepFiringFor }) => [
        expression.promql,
        { severity, ...labels },
        [panel.dashboard.uid, panel.panel.id],
        [holds ?? "0s", keepFiringFor],
      ]),
    );
  });

  it("are each provisioned with what it asks, when it fires, what it says and where it leads", () => {
    const told = ALERTS.find(({ name }) => name === "WsMassDisconnect") ?? expect.fail();
    const { summary, expression, panel, description } = told;
    expect(rules.find(({ title }) => title.startsWith("WsMassDisconnect"))).toEqual({
      uid: "WsMassDisconnect-page",
      title: "WsMassDisconnect-page",
      condition: "B",
      data: [
        {
          refId: "A",
          relativeTimeRange: { from: 3600, to: 0 },
          datasourceUid: "sockscope-prometheus",
          model: { refId: "A", expr: expression.promql, instant: true, range: false },
        },
        {
          refId: "B",
          relativeTimeRange: { from: 3600, to: 0 },
          datasourceUid: "__expr__",
          model: { refId: "B", type: "math", expression: "is_number($A)" },
        },
      ],
      dashboardUid: panel.dashboard.uid,
      panelId: panel.panel.id,
      noDataState: "OK",
      execErrState: "Error",
      for: "1m",
      keepFiringFor: "10m",
      annotations: {
        summary,
        description: description.replaceAll("$value", "$values.A.Value"),
        runbook_url: runbookUrl(told, EXAMPLE_LINKS),
        dashboard_url: panelUrlOfApp(told, EXAMPLE_LINKS),
      },
      labels: { severity: "page" },
      isPaused: false,
    });
  });

  it("are all evaluated, at one moment, over as long as their panel shows, and without a value they are well", () => {
    for (const [position, { data, ...rule }] of rules.entries()) {
      expect(rule).toMatchObject({ isPaused: false, noDataState: "OK", execErrState: "Error" });
      const { expression } = ALERTS[position] ?? expect.fail();
      const relativeTimeRange = { from: rangeSeconds(howFarBack(expression)), to: 0 };
      expect(data).toMatchObject([
        { relativeTimeRange, model: { instant: true, range: false } },
        { relativeTimeRange },
      ]);
    }
  });

  it("have ids that Grafana takes, each its own", () => {
    expect(new Set(rules.map(({ uid }) => uid)).size).toBe(rules.length);
    for (const { uid } of rules) expect(uid).toMatch(/^[\w-]{1,40}$/);
  });

  it("ask the provisioned data source, and fire wherever there is a value", () => {
    for (const { data, condition } of rules) {
      expect(data.map(({ refId, datasourceUid }) => [refId, datasourceUid])).toEqual([
        ["A", GRAFANA_DATA_SOURCE_UID],
        [condition, "__expr__"],
      ]);
      for (const { refId, model } of data) expect(model.refId).toBe(refId);
      expect(data[1]?.model).toMatchObject({ type: "math", expression: "is_number($A)" });
    }
  });

  it("say the value as Grafana knows it, and nothing that Grafana's provisioning would replace", () => {
    const texts = rules.flatMap(({ annotations }) => Object.values(annotations));
    expect(texts.filter((text) => /\$value\b|\$\{/.test(text))).toEqual([]);
    expect(texts.filter((text) => text.includes("{{ $values.A.Value | ")).length).toBeGreaterThan(20);
  });

  it("read what Prometheus records, which is what it records for its own alerts", () => {
    const recording = parse(files.get("recording-rules.yml") ?? "") as { groups: object[] };
    expect(recording.groups).toEqual(groups.slice(0, -1));
  });
});
