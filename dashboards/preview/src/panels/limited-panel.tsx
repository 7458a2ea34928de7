import { css } from "@emotion/css";
import type { DataFrame, GrafanaTheme2, PanelProps } from "@grafana/data";
import { Icon, useStyles2 } from "@grafana/ui";
import { type ComponentType, type ReactElement, useMemo } from "react";
import { limitSeries, MOST_SERIES } from "./series-limit.ts";
import { shownFrames } from "./shown-frames.ts";

const NOTICE_HEIGHT_PX = 20;

/** What a panel draws: its frames of which something can be seen, as far as they are drawn. */
export interface LimitedProps<O> extends PanelProps<O> {
  readonly frames: DataFrame[];
}

/** A panel that draws the first of many series, and says in its corner how many there are. */
export function limitedPanel<O extends object>(
  Panel: ComponentType<LimitedProps<O>>,
): ComponentType<PanelProps<O>> {
  return function LimitedPanel(props: PanelProps<O>): ReactElement {
    const styles = useStyles2(stylesOf);
    const { drawn, total } = useMemo(() => limitSeries(shownFrames(props.data.series)), [props.data.series]);
    if (total <= MOST_SERIES) return <Panel {...props} frames={drawn} />;
    return (
      <>
        <div className={styles} data-testid="series-limit">
          <Icon name="exclamation-triangle" size="sm" />
          {`The first ${MOST_SERIES} of ${total.toLocaleString("en")} series`}
        </div>
        <Panel {...props} height={props.height - NOTICE_HEIGHT_PX} frames={drawn} />
      </>
    );
  };
}

function stylesOf(theme: GrafanaTheme2): string {
  return css({
    display: "flex",
    alignItems: "center",
    justifyContent: "flex-end",
    gap: theme.spacing(0.5),
    height: NOTICE_HEIGHT_PX,
    color: theme.colors.warning.text,
    fontSize: theme.typography.bodySmall.fontSize,
  });
}
