import {
  type GridPos,
  type Panel,
  RowBuilder,
  type RowPanel,
} from "@grafana/grafana-foundation-sdk/dashboard";

const GRID_COLUMNS = 24;
const HEADING_HEIGHT = 1;

/** How much room a panel takes: 24 columns make a row, a height unit is about 30 pixels. */
export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** Panels under a heading. */
export interface BuiltSection {
  /** Undefined for what stands above every heading. */
  readonly heading: { readonly id: number; readonly title: string } | undefined;
  readonly panels: readonly { readonly panel: Panel; readonly size: PanelSize }[];
}

function assertFits({ width, height }: PanelSize): void {
  const isWhole = [width, height].every((length) => Number.isInteger(length) && length > 0);
  if (isWhole && width <= GRID_COLUMNS) return;
  throw new RangeError(
    `A panel of ${width} by ${height} has no place: take whole numbers, and a width of at most ${GRID_COLUMNS}.`,
  );
}

/** A panel's place. */
interface Placed<T extends PanelSize> {
  readonly of: T;
  readonly gridPos: GridPos;
}

/**
 * Places for what flows from left to right and wraps where a row is full, and the height at which the next may begin. None
 * overlaps another.
 *
 * @throws RangeError for a panel that no row has room for
 */
export function flow<T extends PanelSize>(
  sizes: readonly T[],
  top = 0,
): { readonly placed: readonly Placed<T>[]; readonly bottom: number } {
  let x = 0;
  let y = top;
  let rowHeight = 0;
  const placed = sizes.map((of) => {
    assertFits(of);
    if (x + of.width > GRID_COLUMNS) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const gridPos = { x, y, w: of.width, h: of.height };
    x += of.width;
    rowHeight = Math.max(rowHeight, of.height);
    return { of, gridPos };
  });
  return { placed, bottom: y + rowHeight };
}

function headingAt(y: number, { id, title }: { id: number; title: string }): RowPanel {
  return new RowBuilder(title).id(id).gridPos({ x: 0, y, w: GRID_COLUMNS, h: HEADING_HEIGHT }).build();
}

/** Gives every panel its place, below its heading. */
export function placeSections(sections: readonly BuiltSection[]): (Panel | RowPanel)[] {
  let top = 0;
  return sections.flatMap(({ heading, panels }) => {
    const headings = heading === undefined ? [] : [headingAt(top, heading)];
    const sized = panels.map(({ panel, size: { width, height } }) => ({ panel, width, height }));
    const { placed, bottom } = flow(sized, top + headings.length * HEADING_HEIGHT);
    top = bottom;
    return [...headings, ...placed.map(({ of, gridPos }) => ({ ...of.panel, gridPos }))];
  });
}
