import { isSameUnit, mixedUnits, observedUnit, SHARE, type Unit, unitOf } from "@sockscope/promql";
import type { DashboardPanel, Target } from "@sockscope/stack/grafana";
import { namedFields, valueColumn, valueFieldOf } from "./table-columns.test-support.ts";

const NAMES: readonly { readonly unit: Partial<Unit>; readonly names: readonly string[] }[] = [
  { unit: {}, names: ["percentunit"] },
  { unit: { count: 1 }, names: ["short", "none", "locale"] },
  { unit: { value: 1 }, names: ["short", "none"] },
  { unit: { seconds: 1 }, names: ["s", "dtdurations", "dthms"] },
  { unit: { bytes: 1 }, names: ["bytes", "decbytes"] },
  { unit: { perSecond: 1, count: 1 }, names: ["cps", "reqps", "ops", "rps", "wps"] },
  { unit: { perSecond: 1 }, names: ["cps"] },
  { unit: { perSecond: 1, bytes: 1 }, names: ["Bps", "binBps"] },
  // Of one page it is a share; of all pages together, how many they are.
  { unit: { perSecond: 1, seconds: 1 }, names: ["percentunit", "short"] },
  { unit: { seconds: 1, count: -1 }, names: ["s"] },
  { unit: { bytes: 1, count: -1 }, names: ["bytes", "decbytes"] },
];

/** Grafana's names of the units that support what an expression results in; undefined where it may be anything. */
function supported(unit: Unit | undefined): readonly string[] | undefined {
  if (unit === undefined) return undefined;
  return NAMES.find((entry) => isSameUnit(unit, { ...SHARE, ...entry.unit }))?.names;
}

interface Override {
  readonly matcher: { readonly id: string; readonly options?: unknown };
  readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
}

/** What a panel says of some of its fields alone. */
export function overridesOf({ built }: DashboardPanel): readonly Override[] {
  return (built.fieldConfig?.overrides ?? []) as readonly Override[];
}

/** What a query's values are called in an override: its legend, or its column. */
function nameOf(panel: DashboardPanel, target: Target): string {
  return panel.built.type === "table" ? valueColumn(panel, target) : target.legendFormat;
}

/** A property of a query's values, as an override or the panel says it. */
export function propertyOf(panel: DashboardPanel, target: Target, property: "unit" | "thresholds"): unknown {
  const name = nameOf(panel, target);
  const own = overridesOf(panel)
    .filter(({ matcher }) => matcher.options === name || matcher.options === target.refId)
    .flatMap(({ properties }) => properties)
    .find(({ id }) => id === property);
  return own === undefined ? panel.built.fieldConfig?.defaults?.[property] : own.value;
}

/** Grafana's name of the unit in which a query's values are shown. */
export function shownUnit(panel: DashboardPanel, target: Target): string {
  return String(propertyOf(panel, target, "unit") ?? "");
}

/** Whether a query's values are seen: of a table, some only give rows their labels. */
function isShown(panel: DashboardPanel, target: Target): boolean {
  return panel.built.type !== "table" || namedFields(panel).includes(valueFieldOf(panel, target));
}

/** What is wrong with the units of a panel: those that its expressions do not support. */
export function unitFaults(panel: DashboardPanel): string[] {
  return panel.targets
    .filter((target) => isShown(panel, target))
    .flatMap((target) => {
      const node = panel.queries.find(({ refId }) => refId === target.refId)?.expression.node;
      if (node === undefined) return `${panel.title}, ${target.refId}: is no query of its panel`;
      const mixed = mixedUnits(node);
      if (mixed !== undefined) return `${panel.title}, ${target.refId}: mixes units in ${mixed.operator}`;
      const names = supported(panel.built.type === "heatmap" ? observedUnit(node) : unitOf(node));
      const shown = shownUnit(panel, target);
      if (names === undefined || names.includes(shown)) return [];
      return `${panel.title}, ${target.refId}: is shown in ${shown}, and its expression is in ${names.join(" or ")}`;
    });
}
