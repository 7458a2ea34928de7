import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Alert, LoadingPlaceholder, useStyles2 } from "@grafana/ui";
import type { ReactElement } from "react";
import { usePageTitle } from "../shell/page-title.ts";
import { usePolled } from "../shell/polled.ts";
import { alertRules, countsInWords } from "./alert-rules.ts";
import { HeldAlerts } from "./held-alerts.tsx";
import { Rule } from "./rule.tsx";

const EVERY_MS = 5_000;

/** What Prometheus says of every alerting rule, and what Alertmanager does with those that fire. */
export function AlertsPage(): ReactElement {
  usePageTitle("Alerts");
  const styles = useStyles2(stylesOf);
  const { answer: rules, failure } = usePolled(alertRules, EVERY_MS);
  return (
    <div className={styles.page}>
      <div className={styles.heading}>
        <h1 className={styles.title}>Alerts</h1>
        {rules === undefined ? null : (
          <p className={styles.counts} data-testid="alert-counts">
            {countsInWords(rules)}
          </p>
        )}
      </div>
      {failure === undefined ? null : <Alert title="Prometheus cannot be asked">{failure}</Alert>}
      {rules === undefined && failure === undefined ? <LoadingPlaceholder text="" /> : null}
      <ul className={styles.list} aria-label="Alerting rules">
        {rules?.map((rule) => (
          <Rule key={`${rule.name} ${JSON.stringify(rule.labels)} ${rule.query}`} rule={rule} />
        ))}
      </ul>
      <HeldAlerts />
    </div>
  );
}

function stylesOf(theme: GrafanaTheme2): Record<"page" | "heading" | "title" | "counts" | "list", string> {
  return {
    page: css({ maxWidth: 960, margin: "0 auto" }),
    heading: css({
      display: "flex",
      flexWrap: "wrap",
      alignItems: "baseline",
      gap: theme.spacing(2),
      padding: theme.spacing(2, 0),
    }),
    title: css({ ...theme.typography.h3, margin: 0 }),
    counts: css({ margin: 0, color: theme.colors.text.secondary, fontVariantNumeric: "tabular-nums" }),
    list: css({ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: theme.spacing(1) }),
  };
}
