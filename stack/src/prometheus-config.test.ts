import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { prometheusConfig } from "./prometheus-config.ts";

describe("prometheusConfig", () => {
  it("scrapes both servers, loads the generated rules and knows Alertmanager", () => {
    const config = parse(
      prometheusConfig({
        collectorAdmin: "127.0.0.1:1",
        chatMetrics: "127.0.0.1:2",
        alertmanager: "127.0.0.1:3",
        interval: "5s",
      }),
    );
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
});
