import type { DynamicConfigValue } from "@grafana/grafana-foundation-sdk/dashboard";

/** How one series looks, found by its legend. */
export interface SeriesLook {
  readonly legend: string;
  readonly displayName?: string;
  /** A name of Grafana's palette, or `#rrggbb`. */
  readonly color?: string;
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
