import { createCatalog } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ALERTS, alertingFiles, alertRules, EXAMPLE_LINKS, generate, panelUrl } from "./index.ts";

function generated(file: string): unknown {
  return parse(generate().get(`alerts/generated/${file}`) ?? "");
}

describe("alerts", () => {
  it("each link to a panel that their dashboard has", () => {
    for (const { name, panel } of ALERTS) {
      expect(panel.dashboard.panels, name).toContain(panel.panel);
    }
  });

  it("have a summary without templates, so that pagers can group by it", () => {
    expect(ALERTS.filter(({ summary }) => summary.includes("{{"))).toEqual([]);
  });

  it("carry no value in their labels, which would make every evaluation a new alert", () => {
    const { groups } = generated("rules.yml") as {
      groups: { rules: { alert?: string; labels?: Record<string, string> }[] }[];
    };
    const labels = groups.flatMap(({ rules }) => rules.flatMap((rule) => Object.values(rule.labels ?? {})));
    expect(labels.length).toBeGreaterThan(0);
    expect(labels.filter((value) => value.includes("{{"))).toEqual([]);
  });

  it("lead to the panel by the dashboard's uid and the panel's id", () => {
    const [alert] = ALERTS;
    expect(alert && panelUrl(alert, EXAMPLE_LINKS)).toMatch(/\/d\/sockscope-connections\?viewPanel=12$/);
  });
});

describe("routing", () => {
  it("takes the pager's key from a file and never has it in the configuration", () => {
    const { receivers } = generated("alertmanager.yml") as { receivers: { pagerduty_configs?: object[] }[] };
    const [pagerduty] = receivers.flatMap(({ pagerduty_configs = [] }) => pagerduty_configs);
    expect(pagerduty).toHaveProperty("routing_key_file");
    expect(pagerduty).not.toHaveProperty("routing_key");
  });

  it("differs locally in nothing but that nobody is called", () => {
    const production = generated("alertmanager.yml") as { receivers: { name: string }[] };
    const local = generated("alertmanager.local.yml");
    expect(local).toEqual({ ...production, receivers: production.receivers.map(({ name }) => ({ name })) });
  });
});

describe("a deployment's own close codes", () => {
  const code = { name: "own", meaning: "Own." } as const;
  const catalog = createCatalog({
    closeCodes: {
      "4008": { ...code, userSees: "reconnecting" },
      "4012": { ...code, userSees: "authentication failed" },
      "4013": { ...code, userSees: "error" },
    },
  });
  it("make cuts of the server's own reasons exactly where browsers reconnect", () => {
    const reasons = createCatalog({
      closeCodes: { "4008": { ...code, userSees: "reconnecting" }, "4013": { ...code, userSees: "error" } },
      closeReasons: { idle: 4008, drained: 1012, signed_in_elsewhere: 4013, failed_over: 1011 },
    });
    const [rule] = alertRules(reasons).filter(({ name }) => name === "WsConnectionUptimeLow");
    const [, counted = ""] = /reason=~"([^"]*)"/.exec(rule?.expression.promql ?? "") ?? [];
    expect(counted.split("|").slice(-3)).toEqual(["other", "idle", "failed_over"]);
  });

  const { groups } = parse(alertingFiles(catalog, EXAMPLE_LINKS).get("rules.yml") ?? "") as {
    groups: {
      rules: { record?: string; alert?: string; expr: string; annotations?: { description: string } }[];
    }[];
  };
  const rules = groups.flatMap((group) => group.rules);

  it("count as cuts after which browsers reconnect exactly where they do", () => {
    const { expr = "" } =
      rules.find(({ record }) => record === "app:ws_client_retryable_closes:rate5m") ?? {};
    expect(expr).toContain("|4008|");
    expect(expr).not.toMatch(/4012|4013/);
    const storm = alertRules(catalog).filter(({ name }) => name === "WsReconnectStorm");
    expect(storm.some(({ expression }) => expression.promql.includes("|4008|"))).toBe(true);
  });

  it("count as lost authentication where the user is told so, and the pager says which", () => {
    const { expr, annotations } = rules.find(({ alert }) => alert === "WsAuthCloseSpike") ?? expect.fail();
    expect(expr).toContain('code=~"3000|4012|4401"');
    expect(annotations?.description).toContain("(close code 3000 or 4012 or 4401)");
  });
});
