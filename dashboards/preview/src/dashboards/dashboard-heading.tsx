import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Icon, Tooltip, useStyles2 } from "@grafana/ui";
import type { ReactElement } from "react";
import { shortTitle } from "../manifest.ts";
import type { DashboardJson } from "./dashboard-json.ts";

/** A dashboard's name, and what it answers. */
export function DashboardHeading({ json }: { readonly json: DashboardJson }): ReactElement {
  const styles = useStyles2(stylesOf);
  return (
    <div className={styles.row}>
      <h1 className={styles.title}>{shortTitle(json)}</h1>
      {json.description === undefined ? null : (
        <Tooltip content={json.description} placement="bottom-start">
          <button type="button" className={styles.info} aria-label={json.description}>
            <Icon name="info-circle" />
          </button>
        </Tooltip>
      )}
    </div>
  );
}

function stylesOf(theme: GrafanaTheme2): Record<"row" | "title" | "info", string> {
  return {
    row: css({ display: "flex", alignItems: "center", gap: theme.spacing(1), marginRight: theme.spacing(1) }),
    title: css({ ...theme.typography.h4, margin: 0 }),
    info: css({ padding: 0, border: 0, background: "none", color: theme.colors.text.secondary }),
  };
}
