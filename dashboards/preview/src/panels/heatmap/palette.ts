import * as schemes from "d3-scale-chromatic";

/** What a dashboard says of a heatmap's colours. */
export interface HeatmapColor {
  readonly mode?: "scheme" | "opacity";
  /** One of D3's. */
  readonly scheme?: string;
  readonly steps?: number;
  readonly exponent?: number;
  readonly reverse?: boolean;
  /** For `opacity`. */
  readonly fill?: string;
}

/** What Grafana assumes. */
const DEFAULTS = { scheme: "Oranges", steps: 64, exponent: 0.5 } as const;

/** Schemes of two ends look the same on either background. */
const SCHEMES_FOR_BOTH = new Set(["Turbo", "Spectral", "RdYlGn", "RdYlBu", "Viridis"]);

/** How few become many. */
export function exponentOf({ exponent = DEFAULTS.exponent }: HeatmapColor): number {
  return exponent;
}

/**
 * The colours of a heatmap, from few to many.
 *
 * @param isDark on a dark background few are dark
 */
export function paletteOf(color: HeatmapColor, isDark: boolean, byName: (name: string) => string): string[] {
  const { scheme = DEFAULTS.scheme, steps = DEFAULTS.steps, reverse = false } = color;
  const shares = Array.from({ length: steps }, (_, i) => (i + 1) / steps);
  if (color.mode === "opacity") {
    const fill = byName(color.fill ?? "dark-orange");
    return shares.map((share) => `color-mix(in srgb, ${fill} ${Math.round(share * 100)}%, transparent)`);
  }
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: which of them is known once a dashboard is.
  const named = schemes[`interpolate${scheme}` as keyof typeof schemes];
  const at = typeof named === "function" ? (named as (share: number) => string) : schemes.interpolateOranges;
  const isTurned = (isDark && !SCHEMES_FOR_BOTH.has(scheme)) !== reverse;
  return shares.map((share) => at(isTurned ? 1 - share : share));
}
