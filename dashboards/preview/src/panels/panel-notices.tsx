import { css } from "@emotion/css";
import type { DataFrame, GrafanaTheme2, PanelProps } from "@grafana/data";
import { Icon, useStyles2 } from "@grafana/ui";
import type { ComponentType, ReactElement } from "react";

const NOTICES_HEIGHT_PX = 20;

/** What is to be said of frames, each once. */
function noticesOf(frames: readonly DataFrame[]): string[] {
  const texts = frames.flatMap(({ meta }) => (meta?.notices ?? []).map(({ text }) => text));
  return [...new Set(texts)];
}

/** A panel that says in its corner what is to be said of its data: of how many series it draws the first. */
export function withNotices<O extends object>(
  Panel: ComponentType<PanelProps<O>>,
): ComponentType<PanelProps<O>> {
  return function PanelWithNotices(props: PanelProps<O>): ReactElement {
    const styles = useStyles2(stylesOf);
    const notices = noticesOf(props.data.series);
    if (notices.length === 0) return <Panel {...props} />;
    return (
      <>
        <div className={styles} data-testid="notices">
          <Icon name="exclamation-triangle" size="sm" />
          {notices.join(", ")}
        </div>
        <Panel {...props} height={props.height - NOTICES_HEIGHT_PX} />
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
    height: NOTICES_HEIGHT_PX,
    color: theme.colors.warning.text,
    fontSize: theme.typography.bodySmall.fontSize,
  });
}
