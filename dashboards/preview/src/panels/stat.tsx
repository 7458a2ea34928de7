import {
  type DisplayValueAlignmentFactors,
  FieldColorModeId,
  type FieldDisplay,
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  type LinkModel,
  type PanelPlugin,
  type PanelProps,
  type ReduceDataOptions,
  VizOrientation,
} from "@grafana/data";
import { PercentChangeColorMode } from "@grafana/schema";
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  DataLinksContextMenu,
  useTheme2,
  VizRepeater,
  type VizRepeaterRenderValueProps,
} from "@grafana/ui";
import type { MouseEventHandler, ReactElement } from "react";
import { panelPlugin } from "./panel-plugin.ts";
import { shownFrames } from "./shown-frames.ts";

interface StatOptions {
  readonly reduceOptions?: Partial<ReduceDataOptions>;
  readonly orientation?: VizOrientation;
  readonly colorMode?: BigValueColorMode;
  readonly graphMode?: BigValueGraphMode;
  readonly justifyMode?: BigValueJustifyMode;
  readonly textMode?: BigValueTextMode;
  readonly wideLayout?: boolean;
  readonly showPercentChange?: boolean;
}

const LAST = "lastNotNull";

/** Fills in what a dashboard leaves out. */
export function reduceOptionsOf(stored: Partial<ReduceDataOptions> = {}): ReduceDataOptions {
  return { values: false, fields: "", calcs: [LAST], ...stored };
}

/** The links of a value, if it has some. */
export function linksOf({ hasLinks, getLinks }: FieldDisplay): (() => LinkModel[]) | undefined {
  return hasLinks && getLinks !== undefined ? () => getLinks() : undefined;
}

function Stat(props: PanelProps<StatOptions>): ReactElement {
  const { data, options, fieldConfig, width, height, renderCounter, replaceVariables, timeZone } = props;
  const theme = useTheme2();
  const graphMode = options.graphMode ?? BigValueGraphMode.Area;
  const values = (): FieldDisplay[] =>
    getFieldDisplayValues({
      fieldConfig,
      reduceOptions: reduceOptionsOf(options.reduceOptions),
      replaceVariables,
      theme,
      data: shownFrames(data.series),
      sparkline: graphMode !== BigValueGraphMode.None,
      percentChange: options.showPercentChange ?? false,
      timeZone,
    });
  const figure = (
    of: VizRepeaterRenderValueProps<FieldDisplay, DisplayValueAlignmentFactors>,
  ): ReactElement => {
    const links = linksOf(of.value);
    const isAlone = of.count === 1 && (options.textMode ?? BigValueTextMode.Auto) === BigValueTextMode.Auto;
    const big = (open?: { onClick?: MouseEventHandler<HTMLElement>; className?: string }): ReactElement => (
      <BigValue
        value={of.value.display}
        count={of.count}
        {...(of.value.sparkline === undefined ? {} : { sparkline: of.value.sparkline })}
        colorMode={options.colorMode ?? BigValueColorMode.Value}
        graphMode={graphMode}
        justifyMode={options.justifyMode ?? BigValueJustifyMode.Auto}
        textMode={isAlone ? BigValueTextMode.Value : (options.textMode ?? BigValueTextMode.Auto)}
        disableWideLayout={options.wideLayout === false}
        percentChangeColorMode={PercentChangeColorMode.Standard}
        alignmentFactors={of.alignmentFactors}
        width={of.width}
        height={of.height}
        theme={theme}
        {...open}
      />
    );
    if (links === undefined) return big();
    return (
      <DataLinksContextMenu links={links}>
        {({ openMenu, targetClassName }) =>
          big({
            ...(openMenu === undefined ? {} : { onClick: openMenu }),
            ...(targetClassName === undefined ? {} : { className: targetClassName }),
          })
        }
      </DataLinksContextMenu>
    );
  };
  return (
    <VizRepeater
      getValues={values}
      getAlignmentFactors={(shown: FieldDisplay[]) => getDisplayValueAlignmentFactors(shown)}
      renderValue={figure}
      source={data}
      renderCounter={renderCounter}
      width={width}
      height={height}
      orientation={options.orientation ?? VizOrientation.Auto}
      itemSpacing={3}
      autoGrid
    />
  );
}

/** Figures, large. */
export const STAT: PanelPlugin<StatOptions> = panelPlugin<StatOptions>(Stat, FieldColorModeId.Thresholds);
