import { alertingFiles, EXAMPLE_LINKS, EXAMPLE_RECEIVERS, type RuleGroup } from "@sockscope/alerts";
import { type Catalog, createCatalog, DEFAULT_CATALOG, PAGE_RELOADS } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { testRules } from "../testing/promtool.test-support.ts";
import type { InputSeries } from "../testing/series.test-support.ts";

interface Rule {
  readonly alert?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

type Group = Omit<RuleGroup, "rules"> & { readonly rules: readonly Rule[] };

/** What Prometheus evaluates as it is generated, without the other alerts. */
function groupsOf(alertname: string, catalog: Catalog): readonly Group[] {
  const file = alertingFiles(catalog, EXAMPLE_LINKS, EXAMPLE_RECEIVERS).get("rules.yml") ?? "";
  const { groups } = parse(file) as { groups: Group[] };
  return groups.map((group) => ({
    ...group,
    rules: group.rules.filter(({ alert }) => alert === undefined || alert === alertname),
  }));
}

interface Told {
  readonly alertname: string;
  readonly interval?: string;
  readonly series: readonly InputSeries[];
  readonly labels: Readonly<Record<string, string>>;
  /** Of what is said, these. */
  readonly says: Readonly<Record<string, string>>;
}

/** Holds what an alert's only rule says after ten minutes against this. */
async function expectTold({ alertname, interval = "1m", series, labels, says }: Told, catalog: Catalog) {
  const groups = groupsOf(alertname, catalog);
  const [rule] = groups.flatMap(({ rules }) => rules).filter(({ alert }) => alert === alertname);
  const exp_alerts = [
    { exp_labels: { ...rule?.labels, ...labels }, exp_annotations: { ...rule?.annotations, ...says } },
  ];
  const alert_rule_test = [{ alertname, eval_time: "10m", exp_alerts }];
  const { passed, output } = await testRules(groups, [{ interval, input_series: series, alert_rule_test }]);
  expect(passed, output).toBe(true);
}

const UNHEALTHY = { app: "chat", socket: "gave_up" };
const DASHBOARD = "https://grafana.example/d/sockscope";

it.each(["35s", "50s"])(
  "how often is a whole number, also of samples every %s, whose increase is none",
  async (interval) => {
    const dashboard_url = `${DASHBOARD}-reconnects?viewPanel=23&from=now-3d&to=now&var-app=chat`;
    await expectTold(
      {
        alertname: "WsManualReloads",
        interval,
        series: [{ series: selector(PAGE_RELOADS.name, UNHEALTHY), values: "0 0 6x30" }],
        labels: { app: "chat" },
        says: {
          description:
            "Within the last day, users of chat reloaded a page whose socket was not healthy: 6 times; 5 may be.",
          dashboard_url,
        },
      },
      DEFAULT_CATALOG,
    );
  },
);

it("where to look is one address, whatever an environment is called", async () => {
  const cluster = "a&b c";
  await expectTold(
    {
      alertname: "WsManualReloads",
      series: [{ series: selector(PAGE_RELOADS.name, { ...UNHEALTHY, cluster }), values: "0 6x30" }],
      labels: { app: "chat", cluster },
      says: {
        description:
          "Within the last day, users of chat reloaded a page whose socket was not healthy: 6 times; 5 may be. (cluster a&b c)",
        dashboard_url: `${DASHBOARD}-reconnects?viewPanel=23&from=now-3d&to=now&var-cluster=a%26b+c&var-app=chat`,
      },
    },
    createCatalog({ environmentLabels: ["cluster"] }),
  );
});
