import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { prometheusFile } from "./prometheus-file.ts";

const JOBS = [
  {
    job_name: "collectors",
    honor_labels: true,
    scrape_interval: "20s",
    static_configs: [{ targets: ["a:1"] }],
  },
  { job_name: "servers", honor_labels: true, scrape_interval: "20s", static_configs: [{ targets: ["b:2"] }] },
];
const SCRAPE = JSON.stringify({ scrape_configs: JOBS });

describe("prometheusFile", () => {
  const config = parse(prometheusFile(SCRAPE, { rules: "/etc/rules.yml", alertmanager: "pager:9093" }));

  it("scrapes what the deployment scrapes, and evaluates as often", () => {
    expect(config.scrape_configs).toEqual(JOBS);
    expect(config.global).toEqual({ scrape_interval: "20s", evaluation_interval: "20s" });
  });

  it("loads the rules and tells Alertmanager", () => {
    expect(config.rule_files).toEqual(["/etc/rules.yml"]);
    expect(config.alerting.alertmanagers).toEqual([{ static_configs: [{ targets: ["pager:9093"] }] }]);
  });

  it("includes no other file, which Prometheus before 2.43 would refuse", () => {
    expect(config).not.toHaveProperty("scrape_config_files");
  });
});
