import type { DashboardPanel, Target } from "@sockscope/stack/grafana";
import { shownUnit } from "../panels/grafana-unit.test-support.ts";
import { type Mutant, numbered } from "./mutant.test-support.ts";

type Wrong = Mutant<DashboardPanel>;

const PLACEHOLDER = /\{\{\s*\w+\s*\}\}/g;

/** Units that no expression has both of. */
function wrongUnit(unit: string): string {
  return unit === "s" ? "bytes" : "s";
}

function wrongDefaultUnit(panel: DashboardPanel): readonly Wrong[] {
  const { fieldConfig } = panel.built;
  const unit = fieldConfig?.defaults?.unit;
  if (unit === undefined) return [];
  const wrong = wrongUnit(unit);
  const defaults = { ...fieldConfig?.defaults, unit: wrong };
  const built = { ...panel.built, fieldConfig: { ...fieldConfig, defaults } };
  const mutated = { ...panel, built } as DashboardPanel;
  // Of a table, each column says its own.
  const isSeen = panel.targets.some((target) => shownUnit(mutated, target) !== shownUnit(panel, target));
  return isSeen ? [{ change: `unit: ${unit} → ${wrong}`, mutated }] : [];
}

function withTarget(panel: DashboardPanel, right: Target, wrong: Target): DashboardPanel {
  return { ...panel, targets: panel.targets.map((target) => (target === right ? wrong : target)) };
}

function wrongLegends(panel: DashboardPanel): readonly Wrong[] {
  if (panel.built.type === "table") return [];
  return panel.targets.flatMap((target) =>
    [...target.legendFormat.matchAll(PLACEHOLDER)].flatMap(([placeholder]) =>
      ["", "{{other}}"].map((other) => ({
        change: `${target.refId}'s legend: ${placeholder} → ${other}`,
        mutated: withTarget(panel, target, {
          ...target,
          legendFormat: target.legendFormat.replace(placeholder, other),
        }),
      })),
    ),
  );
}

/** A panel with its unit and each part of its legends wrong by itself. */
export function panelMutants(panel: DashboardPanel): readonly Wrong[] {
  return numbered([...wrongDefaultUnit(panel), ...wrongLegends(panel)]);
}
