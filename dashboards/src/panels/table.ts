import {
  BarGaugeDisplayMode,
  TableCellDisplayMode,
  TableCellHeight,
  TableSortByFieldStateBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type DataTransformerConfig,
  type DynamicConfigValue,
  MappingType,
  type Panel,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import * as table from "@grafana/grafana-foundation-sdk/table";
import type { Catalog } from "@sockscope/catalog";
import { labelTitle } from "../label-title.ts";
import { type DashboardLinks, type DrillDown, dataLink } from "../links.ts";
import { describePanel, NEUTRAL_CONTEXT, type PanelSpec, type PanelText } from "./panel.ts";
import { type ColorStep, thresholds, UNKNOWN } from "./thresholds.ts";

/** A column of a table. */
export interface Column {
  /** A label of the results, or a query's value as {@link valueField} names it. */
  readonly field: string;
  readonly title: string;
  /** Default: the panel's. */
  readonly unit?: string;
  readonly decimals?: number;
  /** In pixels. Default: a share of what is left. */
  readonly width?: number;
  /** Colours the cell by its value. Default: not. */
  readonly colors?: readonly ColorStep[];
  /** From where on down the figure says no more than that, such as `< -100 %`. Default: nowhere. */
  readonly endsBelow?: { readonly value: number; readonly text: string };
  /** Draws the value as a bar as well, between these. Default: not. */
  readonly bar?: { readonly from: number; readonly to: number };
  /** Where a click on the cell leads; `\${__data.fields["Column"]}` stands for a cell of the row. Default: nowhere. */
  readonly leadsTo?: (links: DashboardLinks) => DrillDown;
}

/** How a table is put together. */
export interface TableOptions {
  readonly columns: readonly Column[];
  /** The label by which the results of several queries are rows of one table. Default: there is one query. */
  readonly joinedBy?: string;
  /**
   * The column, by its title, after which rows are sorted; or the query that says their order, from the smallest value on, and is
   * no column.
   */
  readonly sortedBy: { readonly title: string; readonly descending: boolean } | { readonly refId: string };
}

/** Columns of the labels of environments: without them, rows of several are alike. */
export function environmentColumns({ environmentLabels }: Catalog): readonly Column[] {
  return environmentLabels.map((label) => ({ field: label, title: labelTitle(label), width: 90 }));
}

/** The field of a query's value in a table of several queries, as Grafana names it. */
export function valueField(refId: string): string {
  return `Value #${refId}`;
}

function transformations({ columns, joinedBy, sortedBy }: TableOptions): DataTransformerConfig[] {
  const join: DataTransformerConfig[] =
    joinedBy === undefined ? [] : [{ id: "joinByField", options: { byField: joinedBy, mode: "outer" } }];
  const sort: DataTransformerConfig[] =
    "refId" in sortedBy
      ? [
          {
            id: "sortBy",
            options: { fields: {}, sort: [{ field: valueField(sortedBy.refId), desc: false }] },
          },
        ]
      : [];
  return [
    ...join,
    ...sort,
    // What is no column is left out, also labels that nobody expected, such as those of a cluster.
    { id: "filterFieldsByName", options: { include: { names: columns.map(({ field }) => field) } } },
    {
      id: "organize",
      options: {
        indexByName: Object.fromEntries(columns.map(({ field }, index) => [field, index])),
        renameByName: Object.fromEntries(columns.map(({ field, title }) => [field, title])),
        excludeByName: {},
      },
    },
  ];
}

function barProperties({ from, to }: NonNullable<Column["bar"]>): DynamicConfigValue[] {
  const cell = { type: TableCellDisplayMode.Gauge, mode: BarGaugeDisplayMode.Basic };
  return [
    { id: "min", value: from },
    { id: "max", value: to },
    { id: "custom.cellOptions", value: cell },
  ];
}

function mappingsOf({ endsBelow }: Column): ValueMapping[] {
  if (endsBelow === undefined) return [UNKNOWN];
  const { value, text } = endsBelow;
  return [
    UNKNOWN,
    { type: MappingType.RangeToText, options: { from: null, to: value, result: { text, index: 1 } } },
  ];
}

function colorProperties(column: Column, colors: readonly ColorStep[]): DynamicConfigValue[] {
  return [
    { id: "thresholds", value: thresholds(colors).build() },
    { id: "color", value: { mode: "thresholds" } },
    { id: "mappings", value: mappingsOf(column) },
    { id: "custom.cellOptions", value: { type: TableCellDisplayMode.ColorText } },
  ];
}

function isValue({ field }: Column): boolean {
  return field === "Value" || field.startsWith(valueField(""));
}

function propertiesOf(column: Column, links: DashboardLinks): DynamicConfigValue[] {
  const { unit, decimals, width, colors, bar, leadsTo } = column;
  return [
    // A label that a row does not have is no value that is missing.
    ...(isValue(column) ? [] : [{ id: "noValue", value: "" }]),
    ...(unit === undefined ? [] : [{ id: "unit", value: unit }]),
    ...(decimals === undefined ? [] : [{ id: "decimals", value: decimals }]),
    ...(width === undefined ? [] : [{ id: "custom.width", value: width }]),
    ...(leadsTo === undefined ? [] : [{ id: "links", value: [dataLink(leadsTo(links)).build()] }]),
    ...(colors === undefined ? [] : colorProperties(column, colors)),
    ...(bar === undefined ? [] : barProperties(bar)),
  ];
}

/** Rows of the moment at which the reader looks. */
export function momentTable(text: PanelText, options: TableOptions): PanelSpec {
  const { columns, sortedBy } = options;
  const build = (context = NEUTRAL_CONTEXT): Panel => {
    const builder = describePanel(new table.PanelBuilder(), text, "table", context)
      .showHeader(true)
      .cellHeight(TableCellHeight.Sm)
      .transformations(transformations(options));
    if ("title" in sortedBy)
      builder.sortBy([
        new TableSortByFieldStateBuilder().displayName(sortedBy.title).desc(sortedBy.descending),
      ]);
    for (const column of columns) builder.overrideByName(column.title, propertiesOf(column, context.links));
    return builder.build();
  };
  return { ...text, build };
}
