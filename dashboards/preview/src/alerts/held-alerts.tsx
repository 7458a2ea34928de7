import { css } from "@emotion/css";
import { dateTimeFormat, dateTimeFormatTimeAgo, type GrafanaTheme2 } from "@grafana/data";
import { Alert, Badge, useStyles2 } from "@grafana/ui";
import type { ReactElement } from "react";
import { usePolled } from "../shell/polled.ts";
import { type HeldAlert, heldAlerts, treatment } from "./held-alerts.ts";
import { LabelList } from "./label-list.tsx";

const EVERY_MS = 5_000;

function Held({ alert }: { readonly alert: HeldAlert }): ReactElement {
  const styles = useStyles2(stylesOf);
  const { alertname, ...labels } = alert.labels;
  const how = treatment(alert);
  return (
    <li className={styles.held} data-testid="held-alert">
      <Badge color={how === "active" ? "red" : "darkgrey"} text={how} />
      <strong>{alertname}</strong>
      <LabelList labels={labels} />
      <span className={styles.faint} title={dateTimeFormat(alert.startsAt)}>
        since {dateTimeFormatTimeAgo(alert.startsAt)}, to {alert.receivers.map(({ name }) => name).join(", ")}
      </span>
    </li>
  );
}

/** What Alertmanager holds, and what it does with it. */
export function HeldAlerts(): ReactElement {
  const styles = useStyles2(stylesOf);
  const { answer, failure } = usePolled(heldAlerts, EVERY_MS);
  return (
    <section aria-labelledby="held">
      <h2 id="held" className={styles.title}>
        In Alertmanager
      </h2>
      {failure === undefined ? null : <Alert title="Alertmanager cannot be asked">{failure}</Alert>}
      {answer?.length === 0 ? <p className={styles.faint}>It holds no alert.</p> : null}
      <ul className={styles.list}>
        {answer?.map((alert) => (
          <Held key={alert.fingerprint} alert={alert} />
        ))}
      </ul>
    </section>
  );
}

function stylesOf(theme: GrafanaTheme2): Record<"title" | "list" | "held" | "faint", string> {
  return {
    title: css({ ...theme.typography.h5, margin: theme.spacing(3, 0, 1) }),
    list: css({ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: theme.spacing(1) }),
    held: css({
      display: "flex",
      flexWrap: "wrap",
      alignItems: "center",
      gap: theme.spacing(1),
      padding: theme.spacing(1, 1.5),
      background: theme.colors.background.primary,
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
    }),
    faint: css({ color: theme.colors.text.secondary }),
  };
}
