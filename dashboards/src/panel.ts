import {
  BigValueGraphMode,
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
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import * as stat from "@grafana/grafana-foundation-sdk/stat";
import * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";
import type { Expression } from "@sockscope/promql";
import type { PanelSize } from "./grid.ts";

/** The data source that is chosen in the dashboard; never one that only our Grafana has. */
export const DATASOURCE: { type: string; uid: string } = { type: "prometheus", uid: `\${datasource}` };

/** One query of a panel. */
export interface Query<L extends string = string> {
  readonly expression: Expression<L>;
  /** The series' name; `{{code}}` stands for a label of the expression. */
  readonly legend: string;
}

/** How one series looks, found by its legend. */
export interface SeriesLook {
  readonly legend: string;
  readonly displayName?: string;
  /** A name of Grafana's palette. */
  readonly color?: string;
}

/** What every panel says about itself. */
export interface PanelText extends PanelSize {
  /** Alerts link to it: never changes, never reused within the dashboard. */
  readonly id: number;
  readonly title: string;
  /** What it shows and what a bad picture looks like. */
  readonly description: string;
  /** A unit of Grafana's, such as `s` or `cps`. */
  readonly unit: string;
  readonly queries: readonly Query[];
}

/** A panel that is ready to be built into a dashboard. */
export interface PanelSpec extends PanelText {
  build(): Panel;
}

const REF_IDS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function targets(queries: readonly Query[]): DataqueryBuilder[] {
  return queries.map(({ expression, legend }, index) =>
    new DataqueryBuilder()
      .datasource(DATASOURCE)
      .refId(REF_IDS.charAt(index))
      .expr(expression.promql)
      .legendFormat(legend)
      .range(),
  );
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
  const build = (): Panel => {
    const builder = new timeseries.PanelBuilder()
      .id(text.id)
      .title(text.title)
      .description(text.description)
      .datasource(DATASOURCE)
      .unit(text.unit)
      .min(0)
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
      .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
      .targets(targets(text.queries));
    for (const { name, properties } of overrides(looks)) builder.overrideByName(name, properties);
    return builder.build();
  };
  return { ...text, build };
}

/** From which value on a big number has which colour; the first step's `from` is undefined. */
export interface ColorStep {
  readonly from?: number;
  /** A name of Grafana's palette. */
  readonly color: string;
}

function thresholds(steps: readonly ColorStep[]): ThresholdsConfigBuilder {
  const list: Threshold[] = steps.map(({ from, color }) => ({ value: from ?? null, color }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(list);
}

/** One big value, with its recent course behind it. */
export function bigNumber(text: PanelText, colors: readonly ColorStep[] = [{ color: "text" }]): PanelSpec {
  const build = (): Panel =>
    new stat.PanelBuilder()
      .id(text.id)
      .title(text.title)
      .description(text.description)
      .datasource(DATASOURCE)
      .unit(text.unit)
      .min(0)
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
      .thresholds(thresholds(colors))
      .graphMode(BigValueGraphMode.Area)
      .targets(targets(text.queries))
      .build();
  return { ...text, build };
}
