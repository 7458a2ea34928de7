import {
  type DisplayValueAlignmentFactors,
  FieldColorModeId,
  type FieldDisplay,
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  type PanelPlugin,
  type PanelProps,
  type ReduceDataOptions,
  VizOrientation,
} from "@grafana/data";
import { BarGaugeDisplayMode, type BarGaugeNamePlacement, type BarGaugeValueMode } from "@grafana/schema";
import {
  BarGauge,
  DataLinksContextMenu,
  useTheme2,
  VizRepeater,
  type VizRepeaterRenderValueProps,
} from "@grafana/ui";
import type { MouseEventHandler, ReactElement } from "react";
import { NoData } from "./no-data.tsx";
import { panelPlugin } from "./panel-plugin.ts";
import { shownFrames } from "./shown-frames.ts";
import { linksOf, reduceOptionsOf } from "./stat.tsx";

interface BarGaugeOptions {
  readonly reduceOptions?: Partial<ReduceDataOptions>;
  readonly orientation?: VizOrientation;
  readonly displayMode?: BarGaugeDisplayMode;
  readonly valueMode?: BarGaugeValueMode;
  readonly namePlacement?: BarGaugeNamePlacement;
  readonly showUnfilled?: boolean;
  readonly minVizHeight?: number;
  readonly maxVizHeight?: number;
}

function BarGauges(props: PanelProps<BarGaugeOptions>): ReactElement {
  const { data, options, fieldConfig, width, height, renderCounter, replaceVariables, timeZone } = props;
  const theme = useTheme2();
  const frames = shownFrames(data.series);
  if (frames.length === 0) return <NoData data={data} fieldConfig={fieldConfig} />;
  const isVertical = options.orientation === VizOrientation.Vertical;
  const values = (): FieldDisplay[] =>
    getFieldDisplayValues({
      fieldConfig,
      reduceOptions: reduceOptionsOf(options.reduceOptions),
      replaceVariables,
      theme,
      data: frames,
      timeZone,
    });
  const bar = (of: VizRepeaterRenderValueProps<FieldDisplay, DisplayValueAlignmentFactors>): ReactElement => {
    const { value } = of;
    const display =
      value.colIndex === undefined ? undefined : value.view?.getFieldDisplayProcessor(value.colIndex);
    const links = linksOf(value);
    const drawn = (onClick?: MouseEventHandler<HTMLElement>, className?: string): ReactElement => (
      <BarGauge
        value={value.display}
        width={of.width}
        height={of.height}
        orientation={of.orientation}
        field={value.field}
        theme={theme}
        itemSpacing={8}
        lcdCellWidth={12}
        displayMode={options.displayMode ?? BarGaugeDisplayMode.Gradient}
        showUnfilled={options.showUnfilled ?? true}
        alignmentFactors={of.alignmentFactors}
        {...(display === undefined ? {} : { display })}
        {...(options.valueMode === undefined ? {} : { valueDisplayMode: options.valueMode })}
        {...(options.namePlacement === undefined ? {} : { namePlacement: options.namePlacement })}
        {...(onClick === undefined ? {} : { onClick })}
        {...(className === undefined ? {} : { className })}
      />
    );
    if (links === undefined) return drawn();
    return (
      <DataLinksContextMenu links={links}>
        {({ openMenu, targetClassName }) => drawn(openMenu, targetClassName)}
      </DataLinksContextMenu>
    );
  };
  return (
    <VizRepeater
      getValues={values}
      getAlignmentFactors={(shown: FieldDisplay[]) => getDisplayValueAlignmentFactors(shown)}
      renderValue={bar}
      source={data}
      renderCounter={renderCounter}
      width={width}
      height={height}
      orientation={isVertical ? VizOrientation.Vertical : VizOrientation.Horizontal}
      itemSpacing={8}
      minVizWidth={8}
      minVizHeight={options.minVizHeight ?? 16}
      maxVizHeight={options.maxVizHeight ?? 300}
    />
  );
}

/** Values as bars, longest to shortest as the query has them. */
export const BAR_GAUGE: PanelPlugin<BarGaugeOptions> = panelPlugin<BarGaugeOptions>(
  BarGauges,
  FieldColorModeId.Thresholds,
);
