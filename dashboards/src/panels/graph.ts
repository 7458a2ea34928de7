import {
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
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
import { FieldColorBuilder, FieldColorModeId, type Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";
import type { Line } from "@sockscope/slo";
import { overrides, type SeriesLook } from "../looks/series-look.ts";
import { bars, describePanel, NEUTRAL_CONTEXT, type PanelSpec, type PanelText } from "./panel.ts";
import { lineSteps, thresholds } from "./thresholds.ts";

/** How a graph is drawn. */
export interface GraphOptions {
  /** `stacked bars` and `stacked areas` are for parts that add up to a whole. Default `lines`. */
  readonly draw?: "lines" | "stacked bars" | "stacked areas";
  readonly looks?: readonly SeriesLook[];
  /** What the values are held to. Default: nothing. */
  readonly line?: Line;
  /** `largest first` is for names of which few matter at a time. Default: in the order of the names. */
  readonly legend?: "by name" | "largest first";
  /** Where the axis ends at least. Default: a little above the line, or what is little for the unit. */
  readonly axisReaches?: number;
}

/** Zeros alone have no scale, and Grafana gives them one up to a hundred: ten thousand percent. */
const LITTLE: Readonly<Record<string, number>> = { percentunit: 0.1, cps: 0.1, s: 0.1, bytes: 1024 };

function leastReach({ unit }: PanelText, { line, axisReaches }: GraphOptions): number {
  return axisReaches ?? (line === undefined ? (LITTLE[unit] ?? 1) : 1.2 * line.at);
}

function legendOf({ legend = "by name" }: GraphOptions): VizLegendOptionsBuilder {
  const builder = new VizLegendOptionsBuilder().showLegend(true).placement(LegendPlacement.Bottom);
  if (legend === "by name") return builder.displayMode(LegendDisplayMode.List);
  // Only a table of names is sorted.
  return builder.displayMode(LegendDisplayMode.Table).calcs(["max"]).sortBy("Max").sortDesc(true);
}

function drawn(options: GraphOptions): timeseries.PanelBuilder {
  const { draw = "lines" } = options;
  const isStacked = draw !== "lines";
  const stacking = isStacked ? StackingMode.Normal : StackingMode.None;
  return (
    new timeseries.PanelBuilder()
      .drawStyle(draw === "stacked bars" ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
      .stacking(new StackingConfigBuilder().mode(stacking).group("A"))
      .lineWidth(isStacked ? 0 : 2)
      .fillOpacity(isStacked ? 80 : 8)
      // A value with none on either side is a line of no length.
      .showPoints(VisibilityMode.Auto)
      .legend(legendOf(options))
      .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
  );
}

/**
 * A line alone, where the bad side is all below it, which is most of a graph of shares, or where areas are stacked, whose colours it
 * would change.
 */
function thresholdsMode({ badSide }: Line, { draw = "lines" }: GraphOptions): GraphThresholdsStyleMode {
  return badSide === "above" && draw === "lines"
    ? GraphThresholdsStyleMode.DashedAndArea
    : GraphThresholdsStyleMode.Dashed;
}

/** Values over time, on an axis that begins at zero. */
export function graph(text: PanelText, options: GraphOptions = {}): PanelSpec {
  const { looks = [], line, draw } = options;
  const asked = draw === "stacked bars" ? { moments: bars(text), ...text } : text;
  const build = (context = NEUTRAL_CONTEXT): Panel => {
    const builder = describePanel(drawn(options), asked, "course", context)
      .min(0)
      .axisSoftMax(leastReach(text, options))
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic));
    if (line !== undefined) {
      builder
        .thresholds(thresholds(lineSteps(line)))
        .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(thresholdsMode(line, options)));
    }
    for (const { name, properties } of overrides(looks)) builder.overrideByName(name, properties);
    return builder.build();
  };
  return { ...text, build };
}
