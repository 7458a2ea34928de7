import {
  type DataFrame,
  FieldColorModeId,
  type LinkModel,
  type PanelPlugin,
  type PanelProps,
} from "@grafana/data";
import {
  LegendDisplayMode,
  type LegendPlacement,
  TooltipDisplayMode,
  type VizLegendOptions,
  type VizTooltipOptions,
} from "@grafana/schema";
import { TimeSeries, TooltipPlugin2, type UPlotConfigBuilder } from "@grafana/ui";
import type { ReactElement } from "react";
import { NoData } from "../no-data.tsx";
import { panelPlugin } from "../panel-plugin.ts";
import { shownFrames } from "../shown-frames.ts";
import { Annotations } from "./annotations.tsx";
import { SERIES_DEFAULTS } from "./series-defaults.ts";
import { SeriesTooltip } from "./series-tooltip.tsx";

interface TimeSeriesOptions {
  readonly legend?: Partial<VizLegendOptions>;
  readonly tooltip?: Partial<VizTooltipOptions>;
}

const LEGEND: VizLegendOptions = {
  displayMode: LegendDisplayMode.List,
  placement: "bottom" satisfies LegendPlacement,
  showLegend: true,
  calcs: [],
};

/** Which of the chart's series a tooltip is about; the numbers are the plot's own. */
const HOVER = { one: 0, all: 1 } as const;

function Chart(props: PanelProps<TimeSeriesOptions>): ReactElement {
  const { data, options, fieldConfig, width, height, timeRange, timeZone, onChangeTimeRange } = props;
  const frames = shownFrames(data.series);
  if (frames.length === 0) return <NoData data={data} fieldConfig={fieldConfig} />;
  const mode = options.tooltip?.mode ?? TooltipDisplayMode.Single;
  const around = (plot: UPlotConfigBuilder, aligned: DataFrame): ReactElement => {
    const links = (series: number, at: number): LinkModel[] =>
      aligned.fields[series]?.getLinks?.({ valueRowIndex: at }) ?? [];
    return (
      <>
        <Annotations plot={plot} frames={data.annotations ?? []} timeZone={timeZone} />
        <TooltipPlugin2
          config={plot}
          hoverMode={mode === TooltipDisplayMode.Multi ? HOVER.all : HOVER.one}
          queryZoom={onChangeTimeRange}
          clientZoom
          getDataLinks={links}
          maxWidth={options.tooltip?.maxWidth ?? 400}
          render={(_u, at, series, isPinned, _dismiss, _range, viaSync, dataLinks) => (
            <SeriesTooltip
              frame={aligned}
              at={at}
              series={series}
              mode={viaSync && mode === TooltipDisplayMode.Single ? TooltipDisplayMode.Multi : mode}
              sort={options.tooltip?.sort}
              isPinned={isPinned}
              links={dataLinks}
            />
          )}
        />
      </>
    );
  };
  return (
    <TimeSeries
      frames={frames}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone={timeZone}
      legend={{ ...LEGEND, ...options.legend }}
      options={options}
      {...(data.structureRev === undefined ? {} : { structureRev: data.structureRev })}
    >
      {around}
    </TimeSeries>
  );
}

/** Lines, areas and bars over time. */
export const TIME_SERIES: PanelPlugin<TimeSeriesOptions> = panelPlugin<TimeSeriesOptions>(
  Chart,
  FieldColorModeId.PaletteClassic,
  SERIES_DEFAULTS,
).setDataSupport({ annotations: true, alertStates: false });
