import uPlot from "uplot";
import { type Cells, colorStep } from "./cells.ts";

/** How a heatmap looks. */
export interface HeatmapLook {
  readonly width: number;
  readonly height: number;
  /** From few to many. */
  readonly palette: readonly string[];
  readonly exponent: number;
  readonly text: string;
  readonly grid: string;
  readonly font: string;
  readonly boundText: (bound: number) => string;
  /** A moment below the plot, where there is one every so many ms. */
  readonly timeText: (at: number, stepMs: number) => string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The cell under the pointer, by its indices; undefined outside of all. */
export interface HoveredCell {
  readonly bucket: number;
  readonly time: number;
  readonly left: number;
  readonly top: number;
}

const GAP_PX = 1;
const AXIS_GAP_PX = 8;
const LABEL_HEIGHT_PX = 18;

function fillCells(u: uPlot, cells: Cells, { palette, exponent }: HeatmapLook): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  cells.counts.forEach((row, bucket) => {
    const top = u.valToPos(bucket + 1, "y", true);
    const height = Math.max(1, u.valToPos(bucket, "y", true) - top - GAP_PX);
    row.forEach((count, i) => {
      const step = colorStep(count, cells.most, palette.length, exponent);
      if (step === undefined) return;
      const time = cells.times[i] ?? 0;
      const left = u.valToPos(time - cells.stepMs, "x", true);
      const width = Math.max(1, u.valToPos(time, "x", true) - left - GAP_PX);
      ctx.fillStyle = palette[step] ?? "";
      ctx.fillRect(left, top, width, height);
    });
  });
  ctx.restore();
}

/** Which bounds have a place to be written. */
function writtenBounds(count: number, height: number): number[] {
  const every = Math.max(1, Math.ceil((count * LABEL_HEIGHT_PX) / Math.max(1, height - 40)));
  return Array.from({ length: count }, (_, i) => i + 1).filter((i) => (count - i) % every === 0);
}

/** The cell at a place of the plot. */
export function cellAt(u: uPlot, cells: Cells): HoveredCell | undefined {
  const { left = -1, top = -1 } = u.cursor;
  if (left < 0 || top < 0) return undefined;
  const bucket = Math.floor(u.posToVal(top, "y"));
  const at = u.posToVal(left, "x");
  const time = cells.times.findIndex((end) => at <= end && at > end - cells.stepMs);
  return time < 0 || bucket < 0 || bucket >= cells.bounds.length ? undefined : { bucket, time, left, top };
}

/** Draws a heatmap into an element. Its own `destroy` takes it away. */
export function heatmapPlot(
  element: HTMLElement,
  cells: Cells,
  look: HeatmapLook,
  onHover: (cell: HoveredCell | undefined) => void,
): uPlot {
  const axis: uPlot.Axis = {
    stroke: look.text,
    font: look.font,
    grid: { stroke: look.grid, width: 1 },
    ticks: { show: false },
    gap: AXIS_GAP_PX,
  };
  const bounds = cells.bounds.map(look.boundText);
  const longest = Math.max(0, ...bounds.map(({ length }) => length));
  const options: uPlot.Options = {
    width: look.width,
    height: look.height,
    ms: 1,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { points: { show: false }, y: false, drag: { x: false, y: false } },
    series: [{}, { paths: () => null, points: { show: false } }],
    scales: {
      x: { time: true, range: () => [look.fromMs, look.toMs] },
      y: { range: [0, cells.bounds.length] },
    },
    axes: [
      {
        ...axis,
        space: 80,
        values: (_u, splits, _axis, _space, stepMs) => splits.map((at) => look.timeText(at, stepMs)),
      },
      {
        ...axis,
        size: Math.max(40, longest * 7 + 16),
        splits: () => writtenBounds(cells.bounds.length, look.height),
        values: (_u, splits) => splits.map((i) => bounds[i - 1] ?? ""),
      },
    ],
    hooks: {
      draw: [(u) => fillCells(u, cells, look)],
      setCursor: [(u) => onHover(cellAt(u, cells))],
    },
  };
  return new uPlot(options, [[...cells.times], cells.times.map(() => 0)], element);
}
