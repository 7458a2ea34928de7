import { css } from "@emotion/css";
import {
  type DataFrame,
  DataFrameView,
  dateTimeFormat,
  type GrafanaTheme2,
  type TimeZone,
} from "@grafana/data";
import { Tag, Tooltip, type UPlotConfigBuilder, useStyles2 } from "@grafana/ui";
import { type ReactElement, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type uPlot from "uplot";
import { type DrawnAnnotation, drawAnnotations } from "./draw-annotations.ts";

interface AnnotationsProps {
  readonly plot: UPlotConfigBuilder;
  /** What the dashboard's annotation queries found. */
  readonly frames: readonly DataFrame[];
  readonly timeZone: TimeZone;
}

interface Placed extends DrawnAnnotation {
  readonly left: number;
  readonly width: number;
}

function annotationsOf(frames: readonly DataFrame[]): DrawnAnnotation[] {
  return frames.flatMap((frame) =>
    new DataFrameView<DrawnAnnotation>(frame).toArray().map((row) => ({
      ...row,
      color: row.color ?? "#00d3ff",
      tags: row.tags ?? [],
    })),
  );
}

/** Where each of them is on the plot, in CSS pixels; those outside of it are left out. */
function placed(u: uPlot, annotations: readonly DrawnAnnotation[]): Placed[] {
  const most = u.over.clientWidth;
  return annotations.flatMap((annotation) => {
    const from = u.valToPos(annotation.time, "x");
    const to = annotation.isRegion ? u.valToPos(annotation.timeEnd, "x") : from;
    if (to < 0 || from > most) return [];
    const left = Math.max(0, from);
    return [{ ...annotation, left, width: Math.min(most, to) - left }];
  });
}

/** Draws the dashboard's annotations over a chart: a line, or an area, with a mark below that says what it was. */
export function Annotations({ plot, frames, timeZone }: AnnotationsProps): ReactElement | null {
  const [target, setTarget] = useState<HTMLElement>();
  const [marks, setMarks] = useState<readonly Placed[]>([]);
  const chart = useRef<uPlot>(undefined);
  const annotations = useRef<readonly DrawnAnnotation[]>([]);
  const styles = useStyles2(stylesOf);
  annotations.current = annotationsOf(frames);

  useLayoutEffect(() => {
    plot.addHook("ready", (u) => {
      chart.current = u;
      setTarget(u.over);
    });
    plot.addHook("draw", (u) => {
      drawAnnotations(u, annotations.current);
      setMarks(placed(u, annotations.current));
    });
  }, [plot]);

  // What comes later than the chart's own data is drawn when it comes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the frames are read through the reference above.
  useLayoutEffect(() => {
    chart.current?.redraw(false);
  }, [frames]);

  if (target === undefined) return null;
  return createPortal(
    marks.map((mark) => (
      <Tooltip
        key={`${mark.time} ${mark.title}`}
        content={<Said mark={mark} timeZone={timeZone} />}
        interactive
      >
        <button
          type="button"
          className={mark.isRegion ? styles.region : styles.moment}
          style={{
            left: mark.left,
            width: mark.isRegion ? Math.max(2, mark.width) : undefined,
            color: mark.color,
          }}
          aria-label={`Annotation: ${[mark.title, mark.text].filter(Boolean).join(", ") || mark.type}`}
          data-testid="annotation"
        />
      </Tooltip>
    )),
    target,
  );
}

function Said({ mark, timeZone }: { readonly mark: Placed; readonly timeZone: TimeZone }): ReactElement {
  const styles = useStyles2(stylesOf);
  const times = mark.isRegion ? [mark.time, mark.timeEnd] : [mark.time];
  return (
    <div className={styles.said}>
      <strong>{mark.title || mark.type}</strong>
      <span>{times.map((time) => dateTimeFormat(time, { timeZone })).join(" – ")}</span>
      {mark.text ? <span>{mark.text}</span> : null}
      <span>
        {mark.tags.map((tag) => (
          <Tag key={tag} name={tag} />
        ))}
      </span>
    </div>
  );
}

function stylesOf(theme: GrafanaTheme2): Record<"moment" | "region" | "said", string> {
  const mark = {
    position: "absolute",
    bottom: -6,
    padding: 0,
    border: 0,
    background: "none",
    cursor: "default",
    zIndex: 1,
  } as const;
  return {
    moment: css({
      ...mark,
      width: 10,
      height: 6,
      marginLeft: -5,
      "&::before": {
        content: '""',
        position: "absolute",
        inset: 0,
        borderLeft: "5px solid transparent",
        borderRight: "5px solid transparent",
        borderBottom: "6px solid currentColor",
      },
    }),
    region: css({ ...mark, height: 4, background: "currentColor", borderRadius: 1 }),
    said: css({ display: "grid", gap: theme.spacing(0.5), fontSize: theme.typography.bodySmall.fontSize }),
  };
}
