import { css } from "@emotion/css";
import { dateTimeFormat, dateTimeFormatTimeAgo, type GrafanaTheme2 } from "@grafana/data";
import { Badge, type BadgeColor, Icon, LinkButton, useStyles2 } from "@grafana/ui";
import type { ReactElement } from "react";
import type { Labels } from "../prometheus/legend.ts";
import { type ActiveAlert, type AlertRule, type AlertState, isHeartbeat } from "./alert-rules.ts";
import { DiagnoseCommand } from "./diagnose-command.tsx";
import { LabelList } from "./label-list.tsx";

const COLORS: Readonly<Record<AlertState, BadgeColor>> = {
  firing: "red",
  pending: "orange",
  inactive: "green",
};

/** Templates are filled in where an alert is active; elsewhere they would be read as they stand. */
function isFilledIn(text: string | undefined): text is string {
  return text !== undefined && text !== "" && !text.includes("{{");
}

/** A rule's link without what an active alert would fill in. */
function withoutTemplates(url: string): string {
  return url.replaceAll(/&[^&=]+=\{\{.*?\}\}/g, "");
}

function Links({ annotations }: { readonly annotations: Labels }): ReactElement {
  const styles = useStyles2(stylesOf);
  const { runbook_url: runbook, dashboard_url: dashboard } = annotations;
  return (
    <div className={styles.links}>
      {runbook === undefined ? null : (
        <LinkButton size="sm" variant="secondary" icon="book-open" href={runbook}>
          Runbook
        </LinkButton>
      )}
      {dashboard === undefined ? null : (
        <LinkButton size="sm" variant="secondary" icon="graph-bar" href={withoutTemplates(dashboard)}>
          Dashboard
        </LinkButton>
      )}
    </div>
  );
}

function Active(props: { readonly alert: ActiveAlert; readonly ofRule: AlertState }): ReactElement {
  const { alert, ofRule } = props;
  const styles = useStyles2(stylesOf);
  const { alertname: _name, severity: _severity, ...labels } = alert.labels;
  return (
    <div className={styles.active}>
      <div className={styles.line}>
        {alert.state === ofRule ? null : <Badge color={COLORS[alert.state]} text={alert.state} />}
        <span title={dateTimeFormat(alert.activeAt)}>since {dateTimeFormatTimeAgo(alert.activeAt)}</span>
        <LabelList labels={labels} />
      </div>
      {alert.annotations["description"] === undefined ? null : <p>{alert.annotations["description"]}</p>}
      <Links annotations={alert.annotations} />
    </div>
  );
}

/** A rule: how it is, and on demand what it is. */
export function Rule({ rule }: { readonly rule: AlertRule }): ReactElement {
  const styles = useStyles2(stylesOf);
  const { severity } = rule.labels;
  const { summary, description } = rule.annotations;
  return (
    <li className={styles.rule} data-testid="rule" data-state={rule.state}>
      <details open={rule.state !== "inactive" && !isHeartbeat(rule)}>
        <summary className={styles.summary}>
          <Icon name="angle-right" className={styles.arrow} />
          <Badge color={COLORS[rule.state]} text={rule.state} className={styles.state} />
          <span className={styles.words}>
            <strong>{rule.name}</strong>
            {summary === undefined ? null : <span className={styles.faint}>{summary}</span>}
          </span>
          {severity === undefined ? null : <span className={styles.severity}>{severity}</span>}
        </summary>
        <div className={styles.about}>
          {rule.lastError ? <p className={styles.error}>{rule.lastError}</p> : null}
          {rule.alerts.map((alert) => (
            <Active key={JSON.stringify(alert.labels)} alert={alert} ofRule={rule.state} />
          ))}
          {rule.state === "firing" && !isHeartbeat(rule) ? <DiagnoseCommand alert={rule.name} /> : null}
          {rule.alerts.length > 0 ? null : (
            <>
              {isFilledIn(description) ? <p>{description}</p> : null}
              <Links annotations={rule.annotations} />
            </>
          )}
          <pre className={styles.query}>{rule.query}</pre>
        </div>
      </details>
    </li>
  );
}

type Style =
  | "rule"
  | "summary"
  | "arrow"
  | "state"
  | "words"
  | "faint"
  | "severity"
  | "about"
  | "active"
  | "line"
  | "links"
  | "query"
  | "error";

function stylesOf(theme: GrafanaTheme2): Record<Style, string> {
  const line = { display: "flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(1) } as const;
  return {
    rule: css({
      minWidth: 0,
      background: theme.colors.background.primary,
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
    }),
    summary: css({
      display: "flex",
      flexWrap: "wrap",
      alignItems: "center",
      gap: theme.spacing(0.5, 1.5),
      padding: theme.spacing(1, 1.5),
      cursor: "pointer",
      listStyle: "none",
      "&::-webkit-details-marker": { display: "none" },
      "&:focus-visible": {
        outline: `2px solid ${theme.colors.primary.main}`,
        outlineOffset: -2,
        borderRadius: theme.shape.radius.default,
      },
    }),
    arrow: css({ color: theme.colors.text.secondary, "details[open] > summary > &": { rotate: "90deg" } }),
    state: css({ minWidth: 68, justifyContent: "center" }),
    words: css({
      flex: 1,
      minWidth: 0,
      display: "flex",
      flexWrap: "wrap",
      gap: theme.spacing(0, 1.5),
      [theme.breakpoints.down("sm")]: { order: 1, flexBasis: "100%" },
    }),
    faint: css({ color: theme.colors.text.secondary }),
    severity: css({
      marginLeft: "auto",
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    about: css({
      display: "grid",
      gap: theme.spacing(1.5),
      minWidth: 0,
      padding: theme.spacing(0.5, 1.5, 1.5),
      p: { margin: 0, maxWidth: "75ch" },
    }),
    active: css({
      display: "grid",
      gap: theme.spacing(1),
      "& + &": { paddingTop: theme.spacing(1.5), borderTop: `1px solid ${theme.colors.border.weak}` },
    }),
    line: css({ ...line, color: theme.colors.text.secondary }),
    links: css(line),
    query: css({
      margin: 0,
      padding: theme.spacing(1),
      fontSize: theme.typography.bodySmall.fontSize,
      background: theme.colors.background.canvas,
      border: 0,
      whiteSpace: "pre-wrap",
      overflowWrap: "anywhere",
    }),
    error: css({ color: theme.colors.error.text }),
  };
}
