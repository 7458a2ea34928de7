import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Portal, useStyles2 } from "@grafana/ui";
import type { ReactElement, ReactNode } from "react";
import type { HoveredCell } from "./heatmap-plot.ts";

const DISTANCE_PX = 12;

/** A tooltip beside the pointer, on the side that has more room. */
export function HeatmapTooltip(props: {
  readonly hovered: HoveredCell;
  readonly within: HTMLElement | null;
  readonly children: ReactNode;
}): ReactElement | null {
  const style = useStyles2(styleOf);
  const over = props.within?.querySelector(".u-over")?.getBoundingClientRect();
  if (over === undefined) return null;
  const x = over.left + props.hovered.left;
  const y = over.top + props.hovered.top;
  const isRight = x < innerWidth / 2;
  const place = isRight ? { left: x + DISTANCE_PX } : { right: innerWidth - x + DISTANCE_PX };
  return (
    <Portal>
      <div className={style} style={{ ...place, top: y + DISTANCE_PX }}>
        {props.children}
      </div>
    </Portal>
  );
}

function styleOf(theme: GrafanaTheme2): string {
  return css({
    position: "fixed",
    zIndex: theme.zIndex.tooltip,
    pointerEvents: "none",
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
  });
}
