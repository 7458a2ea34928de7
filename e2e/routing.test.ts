import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ALERTS, type Alert, alertingFiles, alerts, EXAMPLE_LINKS, type Receivers } from "@sockscope/alerts";
import { type Catalog, createCatalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { until } from "@sockscope/stack";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  alertmanagerWith,
  type Delivery,
  type HeldAlert,
  type Pager,
  startPager,
  type TestAlertmanager,
} from "./testing/alertmanager.test-support.ts";
import {
  isMeant,
  type Labels,
  labelsOf,
  nameOf,
  own,
  RECEIVERS,
} from "./testing/routing/expected-routing.test-support.ts";

const TIMEOUT_MS = 30_000;

interface Routing {
  readonly route: Record<string, unknown>;
  readonly receivers: readonly Record<string, unknown>[];
}

function routing(catalog: Catalog, receivers: Receivers): Routing {
  return parse(alertingFiles(catalog, EXAMPLE_LINKS, receivers).get("alertmanager.yml") ?? "");
}

describe("Alertmanager, by what is generated", () => {
  const CLUSTERS = createCatalog({ environmentLabels: ["cluster"] });
  const RULES = alerts(CLUSTERS);
  let alertmanager: TestAlertmanager;

  beforeAll(async () => {
    alertmanager = await alertmanagerWith(() => routing(CLUSTERS, { page: {} }));
  });

  afterAll(() => alertmanager?.stop());

  async function heldWhen(isThere: (held: readonly HeldAlert[]) => boolean): Promise<readonly HeldAlert[]> {
    const held = await until(
      async () => {
        const all = await alertmanager.held();
        return isThere(all) ? all : undefined;
      },
      { timeoutMs: TIMEOUT_MS },
    );
    return held ?? expect.fail("Alertmanager does not hold what was fired.");
  }

  it("has a route for every alert, and calls somebody for one that says nothing of whom it is for", async () => {
    const fired = RULES.map((alert) => labelsOf(alert, { cluster: "routes" }));
    await alertmanager.fire(
      [...fired, { alertname: "WithoutSeverity", cluster: "routes" }].map((labels) => ({ labels })),
    );
    const held = await heldWhen((all) => all.length === fired.length + 1);
    const sent = new Map(
      held.map(({ labels, receivers }) => [nameOf(labels), receivers.map(({ name }) => name)]),
    );
    expect(Object.fromEntries(sent)).toEqual({
      ...Object.fromEntries(RULES.map((alert) => [nameOf(own(alert)), [RECEIVERS[alert.severity]]])),
      WithoutSeverity: ["pager"],
    });
  });

  const PAIRS = RULES.flatMap((source) =>
    RULES.filter((target) => target !== source).map((target) => ({ source, target })),
  );

  /** Fires every pair, each in a cluster of its own, and says whose second was suppressed by its first. */
  async function suppressed(kind: string, ofTarget: Labels = {}): Promise<string[]> {
    const pairs = PAIRS.map((pair, index) => ({ ...pair, cluster: `${kind}-${index}` }));
    await alertmanager.fire(
      pairs.flatMap(({ source, target, cluster }) => [
        { labels: labelsOf(source, { cluster }) },
        { labels: labelsOf(target, { cluster, ...ofTarget }) },
      ]),
    );
    const isOfKind = ({ labels }: HeldAlert): boolean => labels["cluster"]?.startsWith(`${kind}-`) ?? false;
    const last = pairs.at(-1)?.cluster;
    const held = await heldWhen((all) => all.some(({ labels }) => labels["cluster"] === last));
    const state = new Map(
      held
        .filter(isOfKind)
        .map(({ labels, status }) => [`${labels["cluster"]} ${nameOf(labels)}`, status.state]),
    );
    return pairs.flatMap(({ source, target, cluster }) =>
      state.get(`${cluster} ${nameOf(own(target))}`) === "suppressed"
        ? [`${nameOf(own(source))} > ${nameOf(own(target))}`]
        : [],
    );
  }

  const MEANT = PAIRS.filter(({ source, target }) => isMeant(source, target));

  function names(pairs: typeof PAIRS): string[] {
    return pairs.map(({ source, target }) => `${nameOf(own(source))} > ${nameOf(own(target))}`);
  }

  it("suppresses, of every pair that fires, exactly what the other says as well", async () => {
    let found: string[] = [];
    const isRight = await until(
      async () => {
        found = await suppressed("same");
        return found.length === MEANT.length || undefined;
      },
      { timeoutMs: TIMEOUT_MS },
    );
    expect(found).toEqual(names(MEANT));
    expect(isRight).toBe(true);
  });

  it("suppresses nothing of another app or job, where both alerts are of one", async () => {
    const compared = (label: string) =>
      MEANT.filter(({ source, target }) =>
        [source, target].every(({ expression }) => expression.labels.includes(label)),
      );
    const ofOther = new Set([...names(compared("app")), ...names(compared("job"))]);
    expect(ofOther.size).toBeGreaterThan(10);
    const found = await suppressed("other", { app: "other", job: "other" });
    expect(found.filter((pair) => ofOther.has(pair))).toEqual([]);
    expect(found).toEqual(names(MEANT).filter((pair) => !ofOther.has(pair)));
  });

  it("takes a loss of all collectors everywhere for true of every cluster, and one of a cluster for its own", async () => {
    const [collectorDown] = RULES.filter(
      ({ name, severity }) => name === "WsCollectorDown" && severity === "page",
    );
    const spike = RULES.find(({ name }) => name === "WsAuthCloseSpike") ?? expect.fail();
    const down = collectorDown ?? expect.fail();
    await alertmanager.fire([
      { labels: labelsOf(down, { cluster: "east" }) },
      { labels: labelsOf(spike, { cluster: "east" }) },
      { labels: labelsOf(spike, { cluster: "west" }) },
    ]);
    const stateIn = (held: readonly HeldAlert[], cluster: string): string | undefined =>
      held.find(({ labels }) => labels["alertname"] === spike.name && labels["cluster"] === cluster)?.status
        .state;
    const before = await heldWhen((held) => stateIn(held, "east") === "suppressed");
    expect(stateIn(before, "west")).not.toBe("suppressed");
    await alertmanager.fire([{ labels: own(down) }]);
    await heldWhen((held) => stateIn(held, "west") === "suppressed");
  });
});

describe("whoever is called", () => {
  let pagerduty: Pager;
  let jsm: Pager;
  let alertmanager: TestAlertmanager;

  beforeAll(async () => {
    [pagerduty, jsm] = await Promise.all([startPager(), startPager()]);
    alertmanager = await alertmanagerWith((folder) => {
      const [routingKeyFile, apiKeyFile] = [join(folder, "routing-key"), join(folder, "api-key")];
      writeFileSync(routingKeyFile, "the-routing-key");
      writeFileSync(apiKeyFile, "the-api-key");
      return soon(
        routing(DEFAULT_CATALOG, {
          page: { pagerduty: { routingKeyFile } },
          ticket: { jsm: { apiKeyFile } },
        }),
      );
    });
  });

  afterAll(async () => {
    await alertmanager?.stop();
    await pagerduty?.stop();
    await jsm?.stop();
  });

  /** The same at addresses of this machine, and without waiting for more of a group than comes at once. */
  function soon({ route, receivers, ...others }: Routing): object {
    const here = receivers.map(({ pagerduty_configs, opsgenie_configs, ...receiver }) => ({
      ...receiver,
      ...(pagerduty_configs
        ? {
            pagerduty_configs: (pagerduty_configs as object[]).map((config) => ({
              ...config,
              url: pagerduty.url,
            })),
          }
        : {}),
      ...(opsgenie_configs
        ? {
            opsgenie_configs: (opsgenie_configs as object[]).map((config) => ({
              ...config,
              api_url: `${jsm.url}/`,
            })),
          }
        : {}),
    }));
    return { ...others, route: { ...route, group_wait: "1s" }, receivers: here };
  }

  function fired(alert: Alert): { labels: Labels; annotations: Labels } {
    const [what] = [nameOf(own(alert)).replaceAll(" ", "-")];
    return {
      labels: labelsOf(alert),
      annotations: {
        summary: alert.summary,
        description: `Description of ${what}.`,
        runbook_url: `https://wiki.chat.internal/${what}.md`,
        dashboard_url: `https://grafana.chat.internal/${what}`,
      },
    };
  }

  async function delivered(pager: Pager, text: string): Promise<Delivery> {
    const found = await until(
      async () => pager.deliveries.find(({ body }) => JSON.stringify(body).includes(text)),
      { timeoutMs: TIMEOUT_MS },
    );
    return found ?? expect.fail(`Nobody was told of ${text}.`);
  }

  it("is told at PagerDuty by one event of a group, with the links of each alert in it", async () => {
    const both = ALERTS.filter(
      ({ name, labels }) => name === "WsMessagesNotAppearing" && labels?.["evidence"] !== "undelivered",
    );
    await alertmanager.fire(both.map(fired));
    const { body } = await delivered(pagerduty, "WsMessagesNotAppearing-page-unanswered");
    expect(body).toMatchObject({
      routing_key: "the-routing-key",
      event_action: "trigger",
      client: "Sockscope",
      payload: {
        severity: "critical",
        summary: `WsMessagesNotAppearing chat: ${both[0]?.summary}`,
      },
    });
    for (const [link, position] of [
      ["Runbook", 0],
      ["Dashboard", 1],
    ] as const)
      expect(body["links"]).toHaveProperty(`${position}`, {
        href: expect.stringMatching(/^https:/),
        text: link,
      });
    for (const { annotations } of both.map(fired))
      for (const text of Object.values(annotations).slice(1))
        expect(JSON.stringify(body["payload"])).toContain(text);
    expect(
      pagerduty.deliveries.filter(({ body: other }) => other["dedup_key"] === body["dedup_key"]),
    ).toHaveLength(1);
  });

  it("reads a title without holes of an alert that is about no app", async () => {
    const alert = ALERTS.find(({ labels }) => labels?.["evidence"] === "undelivered") ?? expect.fail();
    await alertmanager.fire([fired(alert), { labels: { alertname: "Foreign" } }]);
    const { body } = await delivered(pagerduty, "WsMessagesNotAppearing-page-undelivered");
    expect(body["payload"]).toHaveProperty("summary", `WsMessagesNotAppearing: ${alert.summary}`);
    const foreign = await delivered(pagerduty, "Foreign");
    expect(foreign.body["payload"]).toHaveProperty("summary", "Foreign");
  });

  it("is told at JSM in Opsgenie's language, with its key and nothing that JSM refuses", async () => {
    const alert = ALERTS.find(({ name }) => name === "WsManualReloads") ?? expect.fail();
    await alertmanager.fire([fired(alert)]);
    const { path, headers, body } = await delivered(jsm, "WsManualReloads");
    expect(path).toBe("/v2/alerts");
    expect(headers.authorization).toBe("GenieKey the-api-key");
    expect(body).toMatchObject({
      message: `WsManualReloads chat: ${alert.summary}`,
      priority: "P3",
      details: {
        runbook: "https://wiki.chat.internal/WsManualReloads-ticket.md",
        dashboard: "https://grafana.chat.internal/WsManualReloads-ticket",
      },
    });
    expect(body["description"]).toContain("Description of WsManualReloads-ticket.");
    expect(jsm.deliveries.map((delivery) => delivery.path)).toEqual(["/v2/alerts"]);
  });
});
