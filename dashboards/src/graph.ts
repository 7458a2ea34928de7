import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  type Panel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";
import { describePanel, type PanelSpec, type PanelText } from "./panel.ts";

/** How one series looks, found by its legend. */
export interface SeriesLook {
  readonly legend: string;
  readonly displayName?: string;
  /** A name of Grafana's palette. */
  readonly color?: string;
}

function overrides(looks: readonly SeriesLook[]): { name: string; properties: DynamicConfigValue[] }[] {
  return looks.map(({ legend, displayName, color }) => ({
    name: legend,
    properties: [
      ...(displayName === undefined ? [] : [{ id: "displayName", value: displayName }]),
      ...(color === undefined ? [] : [{ id: "color", value: { mode: "fixed", fixedColor: color } }]),
    ],
  }));
}

/** How a graph is drawn. */
export interface GraphOptions {
  /** `bars` stacks them, for counts that add up to a whole. Default `lines`. */
  readonly draw?: "lines" | "stacked bars";
  readonly looks?: readonly SeriesLook[];
}

/** Values over time. */
export function graph(text: PanelText, { draw = "lines", looks = [] }: GraphOptions = {}): PanelSpec {
  const stacked = draw === "stacked bars";
  const build = (environmentLabels: readonly string[] = []): Panel => {
    const builder = describePanel(new timeseries.PanelBuilder(), text, { environmentLabels })
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
      .drawStyle(stacked ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
      .stacking(
        new StackingConfigBuilder().mode(stacked ? StackingMode.Normal : StackingMode.None).group("A"),
      )
      .lineWidth(stacked ? 0 : 2)
      .fillOpacity(stacked ? 80 : 8)
      .showPoints(VisibilityMode.Never)
      .legend(
        new VizLegendOptionsBuilder()
          .showLegend(true)
          .displayMode(LegendDisplayMode.List)
          .placement(LegendPlacement.Bottom),
      )
      .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
    for (const { name, properties } of overrides(looks)) builder.overrideByName(name, properties);
    return builder.build();
  };
  return { ...text, build };
}
