import { createCatalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { type InhibitRule, inhibitRules } from "./inhibition.ts";
import { sideOf } from "./numerator.ts";
import { ALERTS } from "./symptoms.ts";

function name(matchers: readonly string[]): string {
  return (/alertname="(\w+)"/.exec(matchers.join()) ?? expect.fail())[1] ?? "";
}

/** Who inhibits whom, each pair once, of different alerts. */
function pairs(rules: readonly InhibitRule[]): string[] {
  const named = rules.map((rule) => `${name(rule.source_matchers)} ${name(rule.target_matchers)}`);
  return [...new Set(named)].filter((pair) => new Set(pair.split(" ")).size === 2);
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
    "WsConnectionUptimeLow server",
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
      ALERTS.filter((alert) =>
        Object.entries({ alertname: alert.name, severity: alert.severity, ...alert.labels }).every(
          ([label, value]) => matchers.includes(`${label}="${value}"`),
        ),
      ).map(({ expression }) => [...expression.labels]);
    for (const { source_matchers, target_matchers, equal = [] } of RULES) {
      const sides = [labelsOf(source_matchers), labelsOf(target_matchers)];
      expect(sides.map(({ length }) => length)).toEqual([1, 1]);
      for (const [labels = []] of sides) expect(labels).toEqual(expect.arrayContaining([...equal]));
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
