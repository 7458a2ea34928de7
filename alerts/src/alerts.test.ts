import { ALERT_THRESHOLDS, createCatalog } from "@sockscope/catalog";
import { panelsOf } from "@sockscope/dashboards";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import {
  ALERTS,
  type Alert,
  alertingFiles,
  alerts,
  EXAMPLE_LINKS,
  EXAMPLE_RECEIVERS,
  generate,
  panelUrl,
  type Receivers,
  runbookUrl,
  SYMPTOMS,
  symptoms,
} from "./index.ts";

function generated(file: string): unknown {
  return parse(generate().get(`alerts/generated/${file}`) ?? "");
}

/** Where no panel shows what the alert is about, but one shows it among others. */
const LEAD_ELSEWHERE = ["Watchdog: Alerts that fire"];

function leadsElsewhere({ name, panel }: Alert): boolean {
  return LEAD_ELSEWHERE.includes(`${name}: ${panel.panel.title}`);
}

describe("alerts", () => {
  it("each link to a panel that their dashboard has", () => {
    for (const { name, panel } of ALERTS) {
      expect(panelsOf(panel.dashboard), name).toContain(panel.panel);
    }
  });

  it("lead to their runbook, which their panel links, too", () => {
    for (const alert of ALERTS) {
      const url = runbookUrl(alert, EXAMPLE_LINKS);
      expect(url, alert.name).toBe(`${EXAMPLE_LINKS.runbooks}/${alert.name}.md`);
      if (!leadsElsewhere(alert))
        expect(alert.panel.panel.build().description, alert.name).toContain(`](${url})`);
    }
  });

  it("lead to a panel that says that it is theirs", () => {
    const others = ALERTS.filter(({ name, panel }) => !(panel.panel.alerts ?? []).includes(name));
    expect(others.map(({ name, panel }) => `${name}: ${panel.panel.title}`)).toEqual(LEAD_ELSEWHERE);
  });

  it("are each of one name for what users feel, however many rules see it", () => {
    expect(SYMPTOMS.map(({ name }) => name)).toEqual(Object.keys(ALERT_THRESHOLDS));
  });

  it("each differ by their labels from the others of their name", () => {
    const labels = ALERTS.map(({ name, severity, labels: own }) => JSON.stringify([name, severity, own]));
    expect(new Set(labels).size).toBe(labels.length);
  });

  it("each have a case in which they fire, and an alert one in which it stays silent", () => {
    for (const { name, rules, cases } of SYMPTOMS) {
      const fired = cases.fires.flatMap(({ firing }) => firing.map(({ labels }) => labels));
      for (const { severity, labels } of rules)
        expect(fired, name).toContainEqual(expect.objectContaining({ severity, ...labels }));
      if (name !== "Watchdog") expect(cases.staysSilent.length, name).toBeGreaterThan(0);
    }
  });

  it("say in a description how bad it is, and of what they fire for all that tells it apart", () => {
    for (const { name, description, expression } of ALERTS.filter(({ name }) => name !== "Watchdog")) {
      if (name !== "WsCollectorDown")
        expect(description, name).toMatch(/\{\{ \$value \| (?:humanizePercentage|printf "%\.0f") \}\}/);
      for (const label of expression.labels) expect(description, name).toContain(`{{ $labels.${label} }}`);
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
    expect(alert && panelUrl(alert, EXAMPLE_LINKS)).toMatch(
      /\/d\/sockscope-connections\?viewPanel=31&from=now-1h&to=now$/,
    );
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
    const rule = alerts(reasons).find(({ labels }) => labels?.["evidence"] === "cuts");
    const [, counted = ""] = /reason=~"([^"]*)"/.exec(rule?.expression.promql ?? "") ?? [];
    expect(counted.split("|").slice(-3)).toEqual(["other", "idle", "failed_over"]);
  });

  const { groups } = parse(
    alertingFiles(catalog, EXAMPLE_LINKS, EXAMPLE_RECEIVERS).get("rules.yml") ?? "",
  ) as {
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
    const storm = alerts(catalog).filter(({ name }) => name === "WsReconnectStorm");
    expect(storm.some(({ expression }) => expression.promql.includes("|4008|"))).toBe(true);
  });

  it("count as lost authentication where the user is told so, and the pager says which", () => {
    const { expr, annotations } = rules.find(({ alert }) => alert === "WsAuthCloseSpike") ?? expect.fail();
    expect(expr).toContain('code=~"3000|4012|4401"');
    expect(annotations?.description).toContain("(close code 3000 or 4012 or 4401)");
  });
});

describe("a deployment's choices", () => {
  const catalog = createCatalog({
    silencedAlerts: ["WsAuthCloseSpike", "WsManualReloads"],
    jobs: { collectors: "telemetry", servers: "chat" },
    targets: { message_delivery: { bound: 0.5 } },
    environmentLabels: ["cluster"],
  });
  const rules = alerts(catalog);

  it("leave out the alerts that are off, with their runbooks", () => {
    const names = rules.map(({ name }) => name);
    expect(names).not.toContain("WsAuthCloseSpike");
    expect(names).not.toContain("WsManualReloads");
    expect(names).toContain("WsReconnectStorm");
    expect(symptoms(catalog).map(({ name }) => name)).not.toContain("WsAuthCloseSpike");
  });

  it("read the jobs by their names", () => {
    const queries = (name: string) =>
      rules.filter((rule) => rule.name === name).map(({ expression }) => expression.promql);
    expect(queries("WsCollectorDown").join()).toContain('up{job="telemetry"}');
    expect(queries("WsServerMetricsMissing").join()).toContain('up{job="chat"}');
  });

  it("ask only for answers that could be there, in whole seconds", () => {
    const queries = rules.map(({ expression }) => expression.promql).join();
    expect(queries).toContain("offset 1s");
    expect(queries).not.toContain("offset 30s");
  });
});

function routingOf(receivers: Receivers, catalog = createCatalog()) {
  return parse(alertingFiles(catalog, EXAMPLE_LINKS, receivers).get("alertmanager.yml") ?? "") as {
    route: object & { routes: object[] };
    receivers: object[];
    time_intervals?: object[];
  };
}

describe("receivers", () => {
  const routing = routingOf({
    page: { slack: { apiUrlFile: "/run/url", channel: "#on-call" }, jsm: { apiKeyFile: "/run/jsm" } },
    ticket: {
      pagerduty: { routingKeyFile: "/run/key" },
      opsgenie: { apiKeyFile: "/run/opsgenie" },
      webhook: { url: "https://hooks.chat.internal" },
    },
  });
  const runbook = "{{ (index .Alerts 0).Annotations.runbook_url }}";
  const dashboard = "{{ (index .Alerts 0).Annotations.dashboard_url }}";
  const ofEach = expect.stringMatching(/range .Alerts.*description.*runbook_url.*dashboard_url.*end/s);

  it("hear of a group when it is complete, of a page that is forgotten, and every minute that all is well", () => {
    expect(routing.route).toEqual({
      receiver: "pager",
      group_by: ["alertname", "app", "job"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "4h",
      routes: [
        {
          receiver: "dead-mans-switch",
          matchers: ['severity="none"'],
          group_wait: "0s",
          group_interval: "1m",
          repeat_interval: "1m",
        },
        { receiver: "inbox", matchers: ['severity="ticket"'] },
      ],
    });
    expect(routing).not.toHaveProperty("time_intervals");
  });

  it("are those of the configuration, each told when it is over and where to look", () => {
    expect(routing.receivers).toEqual([
      {
        name: "pager",
        opsgenie_configs: [
          expect.objectContaining({
            api_url: "https://api.atlassian.com/jsm/ops/integration/",
            api_key_file: "/run/jsm",
            priority: "P1",
            description: ofEach,
            send_resolved: true,
          }),
        ],
        slack_configs: [
          expect.objectContaining({
            api_url_file: "/run/url",
            channel: "#on-call",
            title_link: dashboard,
            text: ofEach,
            title: expect.stringMatching(
              /^\{\{ if eq \.Status "resolved" \}\}Resolved\{\{ else \}\}Firing\{\{ end \}\}: /,
            ),
            send_resolved: true,
          }),
        ],
      },
      {
        name: "inbox",
        pagerduty_configs: [
          {
            routing_key_file: "/run/key",
            severity: "warning",
            description: expect.stringMatching(/^\{\{ \.GroupLabels\.alertname \}\}/),
            client: "Sockscope",
            client_url: dashboard,
            details: { description: ofEach },
            links: [
              { href: runbook, text: "Runbook" },
              { href: dashboard, text: "Dashboard" },
            ],
            send_resolved: true,
          },
        ],
        opsgenie_configs: [expect.objectContaining({ api_key_file: "/run/opsgenie", priority: "P3" })],
        webhook_configs: [{ url: "https://hooks.chat.internal", send_resolved: true }],
      },
      { name: "dead-mans-switch" },
    ]);
  });

  it("ask JSM for nothing that it refuses, and Opsgenie by its own address", () => {
    expect(JSON.stringify(routing)).not.toContain("update_alerts");
    expect(JSON.stringify(routing).match(/"api_url"/g)).toHaveLength(1);
  });

  it("post to the address that a file has, where one is named", () => {
    const text = stringify(
      routingOf({ page: { webhook: { urlFile: "/run/url" } }, deadMansSwitch: { urlFile: "/run/switch" } }),
    );
    expect(parse(text)).toMatchObject({
      receivers: [
        { webhook_configs: [{ url_file: "/run/url", send_resolved: true }] },
        { name: "inbox" },
        { webhook_configs: [{ url_file: "/run/switch", send_resolved: false }] },
      ],
    });
    expect(text).not.toContain("url: null");
  });

  it("get tickets in the hours of the configuration", () => {
    const ticketHours = { from: "08:00", to: "18:00", days: "monday:friday", location: "Europe/Berlin" };
    const { route, time_intervals } = routingOf({ page: {}, ticketHours });
    expect(route.routes.at(1)).toMatchObject({ active_time_intervals: ["ticket hours"] });
    expect(time_intervals).toEqual([
      {
        name: "ticket hours",
        time_intervals: [
          {
            times: [{ start_time: "08:00", end_time: "18:00" }],
            weekdays: ["monday:friday"],
            location: "Europe/Berlin",
          },
        ],
      },
    ]);
  });

  it("let environments that wake nobody up have their pages where tickets go, and what has none wake somebody", () => {
    const { route } = routingOf(
      { page: {}, pageWhere: { cluster: ["prod.eu"] } },
      createCatalog({ environmentLabels: ["cluster"] }),
    );
    expect(route.routes.at(2)).toEqual({
      receiver: "inbox",
      matchers: ['cluster!~"prod[.]eu"', 'cluster!=""'],
    });
  });
});
