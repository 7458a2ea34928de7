import { css } from "@emotion/css";
import {
  cacheFieldDisplayNames,
  type DataFrame,
  FieldColorModeId,
  getFrameDisplayName,
  type PanelPlugin,
  type PanelProps,
  type SelectableValue,
} from "@grafana/data";
import { TableCellHeight } from "@grafana/schema";
import { Select } from "@grafana/ui";
import { TableNG } from "@grafana/ui/unstable";
import { type ReactElement, useState } from "react";
import { NoData } from "./no-data.tsx";
import { panelPlugin } from "./panel-plugin.ts";

interface TableOptions {
  readonly sortBy?: { displayName: string; desc?: boolean }[];
  readonly showHeader?: boolean;
  readonly cellHeight?: TableCellHeight;
  readonly frameIndex?: number;
  readonly enablePagination?: boolean;
}

/** How high the choice between several tables is, with the space above it. */
const CHOICE_HEIGHT_PX = 40;

function choices(frames: readonly DataFrame[]): SelectableValue<number>[] {
  return frames.map((frame, i) => ({ label: getFrameDisplayName(frame, i), value: i }));
}

function Table(props: PanelProps<TableOptions>): ReactElement {
  const { data, options, fieldConfig, width, height, timeRange } = props;
  const [chosen, choose] = useState(options.frameIndex ?? 0);
  const frames = data.series.filter(({ fields, length }) => fields.length > 0 && length > 0);
  const frame = frames[chosen] ?? frames[0];
  if (frame === undefined) return <NoData data={data} fieldConfig={fieldConfig} />;
  cacheFieldDisplayNames(frames);
  const hasChoice = frames.length > 1;
  const table = (
    <TableNG
      // Another table has other columns, whose widths start anew.
      key={frames.indexOf(frame)}
      data={frame}
      width={width}
      height={hasChoice ? height - CHOICE_HEIGHT_PX : height}
      noHeader={options.showHeader === false}
      cellHeight={options.cellHeight ?? TableCellHeight.Sm}
      enablePagination={options.enablePagination ?? false}
      fieldConfig={fieldConfig}
      timeRange={timeRange}
      resizable
      {...(options.sortBy === undefined ? {} : { sortBy: options.sortBy })}
      {...(data.structureRev === undefined ? {} : { structureRev: data.structureRev })}
    />
  );
  if (!hasChoice) return table;
  return (
    <div className={stacked}>
      {table}
      <Select
        aria-label="Table"
        options={choices(frames)}
        value={frames.indexOf(frame)}
        onChange={({ value = 0 }) => choose(value)}
      />
    </div>
  );
}

const stacked = css({ display: "flex", flexDirection: "column", gap: 8, height: "100%" });

/** What a column can be told, with what Grafana assumes. */
const COLUMN = {
  align: "auto",
  cellOptions: { type: "auto" },
  width: undefined,
  minWidth: undefined,
  filterable: undefined,
  inspect: false,
  hidden: undefined,
  hideFrom: undefined,
  wrapText: undefined,
  wrapHeaderText: undefined,
  tooltip: undefined,
  footer: undefined,
};

/** Rows and columns. */
export const TABLE: PanelPlugin<TableOptions> = panelPlugin<TableOptions>(
  Table,
  FieldColorModeId.Thresholds,
  COLUMN,
);
