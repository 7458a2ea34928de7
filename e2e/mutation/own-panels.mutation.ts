import { ALERTS, type Alert } from "@sockscope/alerts";
import { describe, expect, it } from "vitest";
import { ownPanelFault } from "../../alerts/src/testing/own-panel.test-support.ts";
import { ownPanelMutants } from "../testing/mutants/own-panel-mutants.test-support.ts";
import { sampled } from "../testing/mutants/sample.test-support.ts";
import { ALL_WELL, unknownAccepted, verdictOn } from "../testing/mutants/survivors.test-support.ts";

function titleOf({ name, severity, labels = {} }: Alert): string {
  return `${[name, severity, ...Object.values(labels)].join(" ")}'s panel`;
}

/** Whether the alert's number is one that its panel shows: some alerts ask only whether something is there. */
function hasPanel(alert: Alert): boolean {
  try {
    return ownPanelFault(alert) === undefined;
  } catch {
    return false;
  }
}

/** The query that shows it is the one without which nothing does. */
function ownQuery(alert: Alert) {
  const { panel } = alert.panel;
  return (query: (typeof panel.queries)[number]): boolean => {
    const others = panel.queries.filter((one) => one !== query);
    return (
      ownPanelFault({ ...alert, panel: { ...alert.panel, panel: { ...panel, queries: others } } }) !==
      undefined
    );
  };
}

const EACH = ALERTS.filter(hasPanel).map((alert) => ({
  title: titleOf(alert),
  mutants: ownPanelMutants(alert, ownQuery(alert)),
}));

describe.each(EACH)("$title", ({ title, mutants }) => {
  it("is noticed wherever it is wrong", () => {
    expect(unknownAccepted(title, mutants)).toEqual([]);
    const looked = sampled(title, mutants);
    const survived = looked.filter(({ mutated }) => ownPanelFault(mutated) === undefined);
    const changes = (some: typeof looked) => some.map(({ change }) => change);
    expect(verdictOn(title, changes(looked), changes(survived))).toEqual(ALL_WELL);
  });
});
