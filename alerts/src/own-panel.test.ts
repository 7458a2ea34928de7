import { describe, expect, it } from "vitest";
import type { Alert } from "./symptoms/alert.ts";
import { ALERTS } from "./symptoms.ts";
import { ownPanelFault } from "./testing/own-panel.test-support.ts";

/** They ask whether something is there, and have no number that a line could be drawn for. */
const WITHOUT_A_NUMBER: readonly string[] = [
  "WsCollectorDown ticket: Targets that are down, by job and instance",
  "WsCollectorDown page: Collectors that are down",
  "WsServerMetricsMissing ticket: Targets that are scraped, by job",
  "Watchdog none: Alerts that fire",
];

function nameOf({ name, severity, labels = {}, panel }: Alert): string {
  return `${[name, severity, ...Object.values(labels)].join(" ")}: ${panel.panel.title}`;
}

describe("the graph that an alert leads to has the alert's own number, and its line", () => {
  const judging = ALERTS.filter(
    ({ name, severity, panel }) => !WITHOUT_A_NUMBER.includes(`${name} ${severity}: ${panel.panel.title}`),
  );

  it.each(judging.map((alert) => ({ alert, of: nameOf(alert) })))("$of", ({ alert }) => {
    expect(ownPanelFault(alert)).toBeUndefined();
  });

  it("is asked of all that compare a number", () => {
    expect(ALERTS.length - judging.length).toBe(WITHOUT_A_NUMBER.length);
  });
});
