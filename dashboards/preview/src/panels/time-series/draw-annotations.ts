import type uPlot from "uplot";

/** An annotation as Grafana's layers hand it to a panel; times in ms. */
export interface DrawnAnnotation {
  readonly time: number;
  readonly timeEnd: number;
  readonly isRegion: boolean;
  readonly color: string;
  /** The name of the query that it comes from. */
  readonly type: string;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
}

const AREA_OPACITY = 0.12;
const DASH_PX = [5, 5];

/** Draws lines, and areas for what lasted, behind nothing and in front of everything. */
export function drawAnnotations(u: uPlot, annotations: readonly DrawnAnnotation[]): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.setLineDash(DASH_PX);
  ctx.lineWidth = 1;
  const line = (x: number): void => {
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  };
  for (const { time, timeEnd, isRegion, color } of annotations) {
    const from = u.valToPos(time, "x", true);
    ctx.strokeStyle = color;
    line(from);
    if (!isRegion) continue;
    const to = u.valToPos(timeEnd, "x", true);
    line(to);
    ctx.globalAlpha = AREA_OPACITY;
    ctx.fillStyle = color;
    ctx.fillRect(from, bbox.top, to - from, bbox.height);
    ctx.globalAlpha = 1;
  }
  ctx.restore();
}
