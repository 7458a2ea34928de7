import {
  type DataFrame,
  type Field,
  formattedValueToString,
  getFieldDisplayName,
  type LinkModel,
} from "@grafana/data";
import { SortOrder, TooltipDisplayMode } from "@grafana/schema";
import {
  VizTooltipContent,
  VizTooltipFooter,
  VizTooltipHeader,
  type VizTooltipItem,
  VizTooltipWrapper,
} from "@grafana/ui";
import type { ReactElement } from "react";

interface SeriesTooltipProps {
  /** Every series on the same times; the first field is the time. */
  readonly frame: DataFrame;
  /** The hovered point of each series. */
  readonly at: readonly (number | null)[];
  /** The series next to the pointer. */
  readonly series: number | null;
  readonly mode: TooltipDisplayMode;
  readonly sort: SortOrder | undefined;
  readonly isPinned: boolean;
  readonly links: readonly LinkModel[];
}

const MOST_HEIGHT_PX = 320;

function textOf(field: Field, at: number): string {
  const value: unknown = field.values[at];
  return field.display === undefined ? String(value) : formattedValueToString(field.display(value));
}

function isHidden({ config }: Field): boolean {
  const hideFrom = config.custom?.hideFrom as { tooltip?: boolean; viz?: boolean } | undefined;
  return hideFrom?.tooltip === true || hideFrom?.viz === true;
}

function itemsOf({ frame, at, series, mode, sort = SortOrder.None }: SeriesTooltipProps): VizTooltipItem[] {
  const items = frame.fields.flatMap((field, i): VizTooltipItem[] => {
    const point = at[i];
    if (i === 0 || point === null || point === undefined || isHidden(field)) return [];
    if (mode === TooltipDisplayMode.Single && i !== series) return [];
    const numeric: unknown = field.values[point];
    if (typeof numeric !== "number") return [];
    const color = field.display?.(numeric).color;
    return [
      {
        label: getFieldDisplayName(field, frame),
        value: textOf(field, point),
        numeric,
        isActive: mode === TooltipDisplayMode.Multi && i === series,
        ...(color === undefined ? {} : { color }),
      },
    ];
  });
  if (sort === SortOrder.None) return items;
  const direction = sort === SortOrder.Ascending ? 1 : -1;
  return items.sort((a, b) => direction * ((a.numeric ?? 0) - (b.numeric ?? 0)));
}

/** What is under the pointer. */
export function SeriesTooltip(props: SeriesTooltipProps): ReactElement {
  const { frame, at, series, mode, isPinned, links } = props;
  const point = (series === null ? undefined : at[series]) ?? at.find((index) => index !== null) ?? 0;
  const time = frame.fields[0];
  const items = itemsOf(props);
  const isScrollable = isPinned && mode === TooltipDisplayMode.Multi;
  return (
    <VizTooltipWrapper>
      <VizTooltipHeader
        item={{ label: "", value: time === undefined ? "" : textOf(time, at[0] ?? point) }}
        isPinned={isPinned}
      />
      {items.length === 0 ? null : (
        <VizTooltipContent
          items={items}
          isPinned={isPinned}
          scrollable={isScrollable}
          maxHeight={MOST_HEIGHT_PX}
        />
      )}
      {isPinned && links.length > 0 ? <VizTooltipFooter dataLinks={[...links]} /> : null}
    </VizTooltipWrapper>
  );
}
