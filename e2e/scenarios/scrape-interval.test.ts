import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { runSockscope } from "sockscope";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { OF_THE_DAY_BEFORE } from "../testing/panels/answer-faults.test-support.ts";
import { type Answered, execute } from "../testing/panels/executed.test-support.ts";
import { minutely } from "../testing/panels/scenarios.test-support.ts";

const SCRAPED_MINUTELY = {
  apps: [{ name: "chat", origins: ["https://chat.mycompany.io"] }],
  links: {
    runbooks: "https://wiki.mycompany.io/runbooks",
    grafana: "https://grafana.mycompany.io",
    prometheus: "http://prometheus.mycompany.io:9090",
  },
  receivers: { page: { pagerduty: { routingKeyFile: "/run/secrets/pager" } } },
  scrape: { interval: "60s", collectors: ["collector:9465"], servers: ["chat:9466"] },
};

/** What Grafana takes for the scrape interval, in seconds, by the data source that a configuration makes. */
async function provisionedInterval(config: object): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "sockscope-interval-"));
  try {
    writeFileSync(join(folder, "sockscope.config.json"), JSON.stringify(config));
    const said: string[] = [];
    const exit = await runSockscope(
      [
        "generate",
        "--config",
        join(folder, "sockscope.config.json"),
        "--out",
        folder,
        "--only",
        "operations",
      ],
      {
        environment: {},
        print: () => {},
        complain: (line) => said.push(line),
        stopRequested: () => new Promise(() => {}),
      },
    );
    expect(exit, said.join("\n")).toBe(0);
    const { datasources } = parse(readFileSync(join(folder, "grafana/datasource.yml"), "utf8")) as {
      datasources: readonly { readonly jsonData: { readonly timeInterval: string } }[];
    };
    const interval = datasources[0]?.jsonData.timeInterval ?? expect.fail("no data source");
    expect(interval).toMatch(/^\d+s$/);
    return Number.parseInt(interval, 10);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The queries of graphs that have nothing to show, though every kind of trouble happens. */
async function emptyGraphs(intervalSeconds: number): Promise<string[]> {
  const answers: readonly Answered[] = await execute(minutely(DEFAULT_CATALOG), { intervalSeconds });
  const ofGraphs = answers.filter(
    ({ target }) => target.instant !== true && !OF_THE_DAY_BEFORE.test(target.expr),
  );
  expect(ofGraphs.length).toBeGreaterThan(0);
  return ofGraphs
    .filter(({ series }) => series.length === 0)
    .map(({ panel, target }) => `${panel.title}, ${target.refId}`);
}

it("graphs of what is scraped once a minute have results with the interval of the data source that we provision", async () => {
  expect(await emptyGraphs(await provisionedInterval(SCRAPED_MINUTELY))).toEqual([]);
});

it("graphs of what is scraped once a minute are empty with the interval that Grafana takes for granted", async () => {
  expect(await emptyGraphs(15)).not.toEqual([]);
});
