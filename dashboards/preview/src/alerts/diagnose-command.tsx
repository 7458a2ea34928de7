import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { ClipboardButton, useStyles2 } from "@grafana/ui";
import type { ReactElement } from "react";

/** What finds the likeliest cause of an alert: the preview passes questions on to Prometheus, and only such. */
function commandOf(alert: string): string {
  return `npm run sockscope -- diagnose ${alert} --prometheus ${globalThis.location.origin}/prometheus`;
}

/** How to find the cause of an alert that fires, to be copied. */
export function DiagnoseCommand({ alert }: { readonly alert: string }): ReactElement {
  const styles = useStyles2(stylesOf);
  const command = commandOf(alert);
  return (
    <div className={styles.line}>
      <span>Find its cause:</span>
      <code className={styles.command} data-testid="diagnose">
        {command}
      </code>
      <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => command}>
        Copy
      </ClipboardButton>
    </div>
  );
}

function stylesOf(theme: GrafanaTheme2): Record<"line" | "command", string> {
  return {
    line: css({ display: "flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(1) }),
    command: css({ minWidth: 0, fontSize: theme.typography.bodySmall.fontSize, overflowWrap: "anywhere" }),
  };
}
