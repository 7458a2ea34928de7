import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type PrometheusTargets, prometheusConfig } from "./prometheus-config.ts";

const TARGETS: PrometheusTargets = {
  collectorAdmin: "127.0.0.1:1",
  chatMetrics: "127.0.0.1:2",
  alertmanager: "127.0.0.1:3",
  interval: "5s",
};

describe("prometheusConfig", () => {
  it("scrapes both servers, loads the generated rules and knows Alertmanager", () => {
    const config = parse(prometheusConfig(TARGETS));
    expect(config).toMatchObject({
      global: { scrape_interval: "5s", evaluation_interval: "5s" },
      rule_files: [expect.stringMatching(/\/alerts\/generated\/rules\.yml$/)],
      alerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:3"] }] }] },
      scrape_configs: [
        { job_name: "sockscope-collector", static_configs: [{ targets: ["127.0.0.1:1"] }] },
        { job_name: "chat-server", static_configs: [{ targets: ["127.0.0.1:2"] }] },
      ],
    });
  });

  it("loads the rules that a deployment generated", () => {
    const { rule_files } = parse(prometheusConfig({ ...TARGETS, rules: "/state/alerts/rules.yml" }));
    expect(rule_files).toEqual(["/state/alerts/rules.yml"]);
  });

  it("lets the metrics' own labels win over every target's", () => {
    const { scrape_configs } = parse(prometheusConfig({ ...TARGETS, labels: { app: "kube" } }));
    expect(scrape_configs).toHaveLength(2);
    for (const job of scrape_configs) {
      expect(job).toMatchObject({ honor_labels: true, static_configs: [{ labels: { app: "kube" } }] });
    }
  });
});
