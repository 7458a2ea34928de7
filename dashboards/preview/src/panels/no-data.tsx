import { css } from "@emotion/css";
import type { FieldConfigSource, GrafanaTheme2, PanelData } from "@grafana/data";
import { LoadingState } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { ReactElement } from "react";

/** What a panel says when its queries return nothing: its own word for that, or Grafana's. */
export function NoData(props: {
  readonly data: PanelData;
  readonly fieldConfig: FieldConfigSource;
}): ReactElement | null {
  const style = useStyles2(styleOf);
  // An error has its own place in the panel's corner, and what still loads is not missing.
  if (props.data.state === LoadingState.Loading || props.data.state === LoadingState.NotStarted) return null;
  return (
    <div className={style} data-testid="no-data">
      {props.fieldConfig.defaults.noValue ?? "No data"}
    </div>
  );
}

function styleOf(theme: GrafanaTheme2): string {
  return css({
    height: "100%",
    display: "grid",
    placeItems: "center",
    color: theme.colors.text.secondary,
    fontSize: theme.typography.size.md,
  });
}
