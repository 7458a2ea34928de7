import type { GridPos, Panel } from "@grafana/grafana-foundation-sdk/dashboard";

const GRID_COLUMNS = 24;

/** How much room a panel takes: 24 columns make a row, a height unit is about 30 pixels. */
export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** Positions for panels that flow from left to right and wrap where a row is full. */
export function flow(sizes: readonly PanelSize[]): GridPos[] {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return sizes.map(({ width, height }) => {
    if (x + width > GRID_COLUMNS) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const position = { x, y, w: width, h: height };
    x += width;
    rowHeight = Math.max(rowHeight, height);
    return position;
  });
}

/** Gives every panel its place. */
export function placeInRows(panels: readonly Panel[], sizes: readonly PanelSize[]): Panel[] {
  const positions = flow(sizes);
  return panels.flatMap((panel, index) => {
    const gridPos = positions[index];
    return gridPos === undefined ? [] : [{ ...panel, gridPos }];
  });
}
