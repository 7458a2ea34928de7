import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ALERTS, EXAMPLE_LINKS, generate, panelUrl } from "./index.ts";

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
