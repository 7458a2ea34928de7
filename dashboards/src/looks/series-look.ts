import type { DynamicConfigValue } from "@grafana/grafana-foundation-sdk/dashboard";

/** How one series looks, found by its legend. */
export interface SeriesLook {
  readonly legend: string;
  readonly displayName?: string;
  /** A name of Grafana's palette, or `#rrggbb`. */
  readonly color?: string;
}

/** A colour for each value of a label, whose legend is the value alone. */
export function coloured<Value extends string>(colors: Readonly<Record<Value, string>>): SeriesLook[] {
  return Object.entries<string>(colors).map(([legend, color]) => ({ legend, color }));
}

/** The same as Grafana's panels take it. */
export function overrides(
  looks: readonly SeriesLook[],
): { name: string; properties: DynamicConfigValue[] }[] {
  return looks.map(({ legend, displayName, color }) => ({
    name: legend,
    properties: [
      ...(displayName === undefined ? [] : [{ id: "displayName", value: displayName }]),
      ...(color === undefined ? [] : [{ id: "color", value: { mode: "fixed", fixedColor: color } }]),
    ],
  }));
}
