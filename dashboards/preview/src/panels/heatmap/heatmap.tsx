import {
  type DataFrame,
  dateTimeFormat,
  FieldColorModeId,
  FieldType,
  formattedValueToString,
  getValueFormat,
  type PanelPlugin,
  type PanelProps,
} from "@grafana/data";
import { useTheme2, VizTooltipContent, VizTooltipHeader, VizTooltipWrapper } from "@grafana/ui";
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { NoData } from "../no-data.tsx";
import { panelPlugin } from "../panel-plugin.ts";
import { shownFrames } from "../shown-frames.ts";
import { type BucketColumn, cellsOf } from "./cells.ts";
import { type HoveredCell, heatmapPlot } from "./heatmap-plot.ts";
import { HeatmapTooltip } from "./heatmap-tooltip.tsx";
import { exponentOf, type HeatmapColor, paletteOf } from "./palette.ts";

interface HeatmapOptions {
  readonly color?: HeatmapColor;
  readonly yAxis?: { readonly unit?: string; readonly decimals?: number };
  readonly cellValues?: { readonly unit?: string; readonly decimals?: number };
}

function columnOf({ name, fields }: DataFrame): BucketColumn[] {
  const times = fields.find(({ type }) => type === FieldType.time);
  const values = fields.find(({ type }) => type === FieldType.number);
  if (times === undefined || values === undefined) return [];
  return [{ le: values.labels?.["le"] ?? name ?? "", times: times.values, values: values.values }];
}

/** Numbers in a unit, as Grafana writes them. */
function writtenIn(unit: string | undefined, decimals?: number): (value: number) => string {
  const format = getValueFormat(unit ?? "short");
  return (value) => (Number.isFinite(value) ? formattedValueToString(format(value, decimals)) : "+Inf");
}

/** As precise as moments are apart. */
function timeFormat(stepMs: number): string {
  if (stepMs < 60_000) return "HH:mm:ss";
  return stepMs < 86_400_000 ? "HH:mm" : "MM/DD";
}

function Heatmap(props: PanelProps<HeatmapOptions>): ReactElement {
  const { data, options, fieldConfig, width, height, timeRange, timeZone } = props;
  const theme = useTheme2();
  const element = useRef<HTMLDivElement>(null);
  const [hovered, hover] = useState<HoveredCell>();
  const frames = useMemo(() => shownFrames(data.series), [data.series]);
  const cells = useMemo(() => cellsOf(data.series.flatMap(columnOf)), [data.series]);
  const boundText = writtenIn(options.yAxis?.unit ?? fieldConfig.defaults.unit, options.yAxis?.decimals);
  const fromMs = timeRange.from.valueOf();
  const toMs = timeRange.to.valueOf();
  const isEmpty = frames.length === 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the options are of the dashboard, which makes another panel.
  useEffect(() => {
    if (element.current === null || isEmpty) return;
    const look = {
      width,
      height,
      palette: paletteOf(options.color ?? {}, theme.isDark, theme.visualization.getColorByName),
      exponent: exponentOf(options.color ?? {}),
      text: theme.colors.text.primary,
      grid: theme.isDark ? "rgba(240, 250, 255, 0.09)" : "rgba(0, 10, 23, 0.09)",
      font: `12px ${theme.typography.fontFamily}`,
      boundText,
      timeText: (at: number, stepMs: number) => dateTimeFormat(at, { timeZone, format: timeFormat(stepMs) }),
      fromMs,
      toMs,
    };
    const plot = heatmapPlot(element.current, cells, look, hover);
    return () => plot.destroy();
  }, [cells, width, height, theme, fromMs, toMs, isEmpty]);

  if (isEmpty) return <NoData data={data} fieldConfig={fieldConfig} />;
  const countText = writtenIn(options.cellValues?.unit, options.cellValues?.decimals);
  return (
    <div ref={element} style={{ position: "relative", width, height }} data-testid="heatmap">
      {hovered === undefined ? null : (
        <HeatmapTooltip hovered={hovered} within={element.current}>
          <VizTooltipWrapper>
            <VizTooltipHeader
              item={{ label: "", value: dateTimeFormat(cells.times[hovered.time] ?? 0, { timeZone }) }}
            />
            <VizTooltipContent
              items={[
                {
                  label: bucketName(cells.bounds, hovered.bucket, boundText),
                  value: countText(cells.counts[hovered.bucket]?.[hovered.time] ?? 0),
                },
              ]}
            />
          </VizTooltipWrapper>
        </HeatmapTooltip>
      )}
    </div>
  );
}

function bucketName(bounds: readonly number[], bucket: number, text: (bound: number) => string): string {
  const below = bounds[bucket - 1];
  return `${below === undefined ? "up to" : `${text(below)} to`} ${text(bounds[bucket] ?? 0)}`;
}

/** How many were how large, over time. */
export const HEATMAP: PanelPlugin<HeatmapOptions> = panelPlugin<HeatmapOptions>(
  Heatmap,
  FieldColorModeId.Thresholds,
  {
    hideFrom: undefined,
    scaleDistribution: undefined,
  },
);
