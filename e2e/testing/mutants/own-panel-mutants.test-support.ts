import type { Alert } from "@sockscope/alerts";
import { type PanelSpec, panelsOf, type Query } from "@sockscope/dashboards";
import { expression } from "@sockscope/promql";
import { isSameNumber } from "../../../alerts/src/testing/own-panel.test-support.ts";
import { wrongNodes } from "./expression-mutants.test-support.ts";
import { FACTORS, type Mutant, numbered } from "./mutant.test-support.ts";

type Wrong = Mutant<Alert>;

function leadingTo(alert: Alert, panel: PanelSpec): Alert {
  return { ...alert, panel: { ...alert.panel, panel } };
}

function wrongPanels(alert: Alert): readonly Wrong[] {
  const others = panelsOf(alert.panel.dashboard).filter((panel) => panel !== alert.panel.panel);
  return others.map((panel) => ({ change: `panel: "${panel.title}"`, mutated: leadingTo(alert, panel) }));
}

function withLine(panel: PanelSpec, factor: number): PanelSpec {
  return {
    ...panel,
    build: () => {
      const built = panel.build();
      const defaults = built.fieldConfig?.defaults;
      const steps = (defaults?.thresholds?.steps ?? []).map((step) =>
        typeof step.value === "number" ? { ...step, value: step.value * factor } : step,
      );
      const thresholds = { ...defaults?.thresholds, steps };
      return {
        ...built,
        fieldConfig: { ...built.fieldConfig, defaults: { ...defaults, thresholds } },
      } as ReturnType<PanelSpec["build"]>;
    },
  };
}

/** Matchers and windows; how a panel keeps away what is no number, and how fine it is drawn, tests that execute panels are about. */
const OF_A_SELECTOR = /^(?!without )[\w:]+(?:\[| without | \w+ without )/;

function wrongQueries(query: Query): readonly Mutant<Query>[] {
  const { node: right } = query.expression;
  const wrong = wrongNodes(right).filter(
    ([change, node]) => OF_A_SELECTOR.test(change) && !isSameNumber(node, right),
  );
  return wrong.map(([change, node]) => ({
    change: `${query.refId}: ${change}`,
    mutated: { ...query, expression: expression(node, query.expression.labels) },
  }));
}

/** An alert that leads to another panel, or whose panel has its line elsewhere or asks for something else in one place. */
export function ownPanelMutants(alert: Alert, isOwn: (query: Query) => boolean): readonly Wrong[] {
  const { panel } = alert.panel;
  return numbered([
    ...wrongPanels(alert),
    ...FACTORS.map((factor) => ({
      change: `its line, by ${factor}`,
      mutated: leadingTo(alert, withLine(panel, factor)),
    })),
    ...panel.queries.filter(isOwn).flatMap((query) =>
      wrongQueries(query).map(({ change, mutated }) => ({
        change,
        mutated: leadingTo(alert, {
          ...panel,
          queries: panel.queries.map((one) => (one === query ? mutated : one)),
        }),
      })),
    ),
  ]);
}
