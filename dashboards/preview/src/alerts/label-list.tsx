import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { ReactElement } from "react";
import type { Labels } from "../prometheus/legend.ts";

/** Labels, each as `name=value`. */
export function LabelList({ labels }: { readonly labels: Labels }): ReactElement {
  const style = useStyles2(styleOf);
  return (
    <>
      {Object.entries(labels).map(([label, value]) => (
        <code key={label} className={style}>
          {label}={value}
        </code>
      ))}
    </>
  );
}

function styleOf(theme: GrafanaTheme2): string {
  return css({
    padding: theme.spacing(0.25, 0.75),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: "none",
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: "anywhere",
  });
}
