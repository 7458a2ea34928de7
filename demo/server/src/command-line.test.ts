import { describe, expect, it } from "vitest";
import { demoOptions } from "./command-line.ts";

const COLLECTOR = { COLLECTOR_URL: "http://127.0.0.1:4000" };

describe("demoOptions", () => {
  it("takes a flag before the environment", () => {
    const options = demoOptions(["--port", "1234"], { ...COLLECTOR, PORT: "9", METRICS_PORT: "5678" });
    expect(options).toMatchObject({ port: 1234, metricsPort: 5678, collectorUrl: COLLECTOR.COLLECTOR_URL });
  });

  it("takes from the environment what a container is told", () => {
    const environment = { ...COLLECTOR, RUNBOOKS_DIR: "/runbooks", PUBLISHED_ON_LOOPBACK: "1" };
    expect(demoOptions([], environment)).toMatchObject({
      runbooksDir: "/runbooks",
      publishedOnLoopback: true,
    });
    expect(demoOptions([], { ...COLLECTOR, PUBLISHED_ON_LOOPBACK: "0" })).not.toHaveProperty(
      "publishedOnLoopback",
    );
  });

  it.each(["-1", "65536", "1e3", "", "http"])("refuses the port %j", (port) => {
    expect(() => demoOptions([`--port=${port}`], COLLECTOR)).toThrow(/--port is ".*"; give a port/);
  });

  it.each([undefined, "localhost:4000", "ftp://collector"])("refuses the collector %j", (url) => {
    expect(() => demoOptions([], url === undefined ? {} : { COLLECTOR_URL: url })).toThrow("--collector-url");
  });
});
