import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  PanelBuilder,
  YAxisConfigBuilder,
} from "@grafana/grafana-foundation-sdk/heatmap";
import { bars, describePanel, NEUTRAL_CONTEXT, type PanelSpec, type PanelText } from "./panel.ts";

/** Few observations are seen as well as many: the scale is that of a square root. */
const COLORS = new HeatmapColorOptionsBuilder()
  .mode(HeatmapColorMode.Scheme)
  .scheme("Blues")
  .steps(32)
  .exponent(0.5)
  .fill("blue")
  .reverse(false);

/** How many observations fell into each bucket over time. Its query is `bucketRates` or `bucketsNow`, its legend `{{le}}`. */
export function heatmap(text: PanelText): PanelSpec {
  const build = (context = NEUTRAL_CONTEXT): Panel =>
    describePanel(new PanelBuilder(), { moments: bars(text), ...text }, "buckets", context)
      .calculate(false)
      .cellGap(1)
      .color(COLORS)
      .yAxis(new YAxisConfigBuilder().unit(text.unit))
      .build();
  return { ...text, build };
}
