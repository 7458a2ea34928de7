import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { type DashboardPanel, dashboardPanels } from "@sockscope/stack/grafana";
import { beforeAll, describe, expect, it } from "vitest";
import { panelMutants } from "../testing/mutants/panel-mutants.test-support.ts";
import { sampled } from "../testing/mutants/sample.test-support.ts";
import { ALL_WELL, unknownAccepted, verdictOn } from "../testing/mutants/survivors.test-support.ts";
import { type Answered, execute } from "../testing/panels/executed.test-support.ts";
import { unitFaults } from "../testing/panels/grafana-unit.test-support.ts";
import { legendFaults } from "../testing/panels/legend-faults.test-support.ts";
import { busy } from "../testing/panels/scenarios.test-support.ts";

const EACH = dashboardPanels(DEFAULT_CATALOG).map((panel) => {
  const mutants = panelMutants(panel);
  return { title: panel.title, panel, mutants, looked: sampled(panel.title, mutants) };
});
const LOOKED_AT = EACH.filter(({ looked }) => looked.length > 0);

/** What Prometheus answers where everything happens, by panel; what is asked is right. */
const answers = new Map<DashboardPanel, readonly Answered[]>();

beforeAll(async () => {
  const panels = LOOKED_AT.map(({ panel }) => panel);
  if (panels.length === 0) return;
  const all = await execute(busy(DEFAULT_CATALOG), { panels });
  for (const panel of panels)
    answers.set(
      panel,
      all.filter((answered) => answered.panel === panel),
    );
}, 300_000);

/** The same answers, shown as a panel shows them. */
function shownBy(panel: DashboardPanel, right: readonly Answered[]): readonly Answered[] {
  return right.map((answered) => ({
    ...answered,
    panel,
    target: panel.targets.find(({ refId }) => refId === answered.target.refId) ?? answered.target,
  }));
}

function faults(panel: DashboardPanel, right: readonly Answered[]): readonly string[] {
  return [...unitFaults(panel), ...legendFaults(shownBy(panel, right))];
}

describe.each(LOOKED_AT)("$title", ({ title, panel, mutants, looked }) => {
  it("is noticed wherever it is wrong", () => {
    const right = answers.get(panel) ?? [];
    expect(unknownAccepted(title, mutants)).toEqual([]);
    expect(faults(panel, right)).toEqual([]);
    const survived = looked.filter(({ mutated }) => faults(mutated, right).length === 0);
    const changes = (some: typeof looked) => some.map(({ change }) => change);
    expect(verdictOn(title, changes(looked), changes(survived))).toEqual(ALL_WELL);
  });
});
