import { createCatalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { titleOf } from "./grafana-rules.ts";
import { type InhibitRule, inhibitRules } from "./inhibition.ts";
import { sideOf } from "./numerator.ts";
import type { Alert } from "./symptoms/alert.ts";
import { ALERTS } from "./symptoms.ts";

function name(matchers: readonly string[]): string {
  return (/alertname=~"(\w+)\(-\.\+\)\?"/.exec(matchers.join()) ?? expect.fail())[1] ?? "";
}

/** Who inhibits whom, each pair once, of different alerts. */
function pairs(rules: readonly InhibitRule[]): string[] {
  const named = rules.map((rule) => `${name(rule.source_matchers)} ${name(rule.target_matchers)}`);
  return [...new Set(named)].filter((pair) => new Set(pair.split(" ")).size === 2);
}

/** Whether labels are as Alertmanager's matchers want them; its patterns hold for the whole value. */
function isMatched(labels: Readonly<Record<string, string>>, matchers: readonly string[]): boolean {
  return matchers.every((matcher) => {
    const [, label = "", operator, value = ""] = /^(\w+)(=~|=)"(.*)"$/.exec(matcher) ?? expect.fail(matcher);
    const own = labels[label] ?? "";
    return operator === "=" ? own === value : new RegExp(`^(?:${value})$`).test(own);
  });
}

/** The alerts that matchers mean, where they are called like this. */
function matchedAs(alertname: (alert: Alert) => string, matchers: readonly string[]): readonly Alert[] {
  return ALERTS.filter((alert) =>
    isMatched({ alertname: alertname(alert), severity: alert.severity, ...alert.labels }, matchers),
  );
}

const RULES = inhibitRules(DEFAULT_CATALOG);

it("an alert's numerator is what is counted, through whatever records it, and no condition", () => {
  const sides = ALERTS.map(({ name: of, labels = {}, expression }) =>
    [of, labels["evidence"], sideOf(expression, DEFAULT_CATALOG)].filter(Boolean).join(" "),
  );
  expect([...new Set(sides)]).toEqual([
    "WsAuthCloseSpike client",
    "WsInternalErrorCloseSpike server",
    "WsMassDisconnect server",
    "WsReconnectStorm client",
    "WsConnectionUptimeLow time client",
    "WsConnectionUptimeLow cuts server",
    "WsMessageLatencyHigh client",
    "WsMessagesNotAppearing unanswered client",
    "WsMessagesNotAppearing undelivered client",
    "WsMessagesNotAppearing dropped client",
    "WsHandshakeForbidden server",
    "WsDuplicateMessages client",
    "WsManualReloads client",
    "WsMessageSendErrors server",
    "WsClientMemoryGrowth client",
    "WsConnectErrorBudgetBurn client",
    "WsDeliveryErrorBudgetBurn client",
    "WsClientTelemetryLost coverage client",
    "WsClientTelemetryLost gaps",
    "WsCollectorDown",
    "WsCollectorRejecting",
    "WsServerMetricsMissing absent client",
    "WsServerMetricsMissing targets",
    "Watchdog",
  ]);
});

describe("inhibition", () => {
  it("is by a mass disconnect of what it causes, and not by a dead collector of it", () => {
    const of = (source: string): string[] =>
      pairs(RULES).flatMap((pair) => (pair.startsWith(`${source} `) ? (pair.split(" ")[1] ?? "") : []));
    expect(of("WsMassDisconnect")).toEqual([
      "WsReconnectStorm",
      "WsConnectionUptimeLow",
      "WsConnectErrorBudgetBurn",
    ]);
    expect(of("WsCollectorDown")).not.toContain("WsMassDisconnect");
    expect(of("WsServerMetricsMissing")).toEqual([
      "WsInternalErrorCloseSpike",
      "WsMassDisconnect",
      "WsConnectionUptimeLow",
      "WsHandshakeForbidden",
      "WsMessageSendErrors",
    ]);
  });

  it("leaves a page of servers alone while only some of them are not scraped", () => {
    const hidden = (evidence: string): string[] =>
      RULES.filter(({ source_matchers }) => source_matchers.includes(`evidence="${evidence}"`))
        .filter(({ source_matchers }) => name(source_matchers) === "WsServerMetricsMissing")
        .filter(({ target_matchers }) => target_matchers.includes('severity="page"'))
        .map(({ target_matchers }) => name(target_matchers));
    expect(hidden("targets")).toEqual([]);
    expect(hidden("absent")).toEqual([
      "WsInternalErrorCloseSpike",
      "WsMassDisconnect",
      "WsHandshakeForbidden",
      "WsMessageSendErrors",
    ]);
  });

  it("is by every page of the tickets of its own symptom", () => {
    const own = RULES.filter((rule) => name(rule.source_matchers) === name(rule.target_matchers));
    for (const { source_matchers, target_matchers } of own) {
      expect(source_matchers).toContain('severity="page"');
      expect(target_matchers).toContain('severity="ticket"');
    }
    expect(new Set(own.map((rule) => name(rule.source_matchers)))).toEqual(
      new Set([
        "WsReconnectStorm",
        "WsMessageLatencyHigh",
        "WsHandshakeForbidden",
        "WsConnectErrorBudgetBurn",
        "WsDeliveryErrorBudgetBurn",
        "WsCollectorDown",
        "WsCollectorRejecting",
      ]),
    );
  });

  it("compares no label that an alert of either side lacks", () => {
    const labelsOf = (matchers: readonly string[]): string[][] =>
      matchedAs(({ name: alertname }) => alertname, matchers).map(({ expression }) => [...expression.labels]);
    for (const { source_matchers, target_matchers, equal = [] } of RULES) {
      const sides = [labelsOf(source_matchers), labelsOf(target_matchers)];
      expect(sides.map(({ length }) => length)).toEqual([1, 1]);
      for (const [labels = []] of sides) expect(labels).toEqual(expect.arrayContaining([...equal]));
    }
  });

  it("is by and of the same alerts where Grafana evaluates them and calls them by their titles", () => {
    for (const matchers of RULES.flatMap((rule) => [rule.source_matchers, rule.target_matchers])) {
      const byName = matchedAs(({ name: alertname }) => alertname, matchers);
      expect(byName).toHaveLength(1);
      expect(matchedAs(titleOf, matchers)).toEqual(byName);
    }
  });

  it("of one environment says nothing of another, unless it is true of all", () => {
    const rules = inhibitRules(createCatalog({ environmentLabels: ["cluster"] }));
    const ofCollectors = rules.filter((rule) => name(rule.source_matchers) === "WsCollectorDown");
    const ofOthers = rules.filter((rule) => name(rule.source_matchers) !== "WsCollectorDown");
    for (const { equal } of ofOthers) expect(equal).toContain("cluster");
    for (const { source_matchers, equal = [] } of ofCollectors)
      expect(equal.includes("cluster")).toBe(source_matchers.includes('cluster!=""'));
    expect(ofCollectors.some(({ equal = [] }) => equal.length === 0)).toBe(true);
  });
});
