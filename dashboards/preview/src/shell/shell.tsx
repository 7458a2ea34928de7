import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { IconButton, useStyles2 } from "@grafana/ui";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { Link, useLocation } from "react-router-dom";
import { alertRules, firingCount } from "../alerts/alert-rules.ts";
import type { ThemeName } from "../boot/theme-choice.ts";
import { withTakenAlong } from "../dashboards/link-address.ts";
import { type Manifest, shortTitle } from "../manifest.ts";
import { usePolled } from "./polled.ts";

interface ShellProps {
  readonly manifest: Manifest;
  readonly themeName: ThemeName;
  readonly switchTheme: (name: ThemeName) => void;
  readonly children: ReactNode;
}

const ALERTS_EVERY_MS = 10_000;
const ALONG = { keepTime: true, includeVars: true };

/** The tab of a page; the one that is open scrolls itself into sight on a narrow screen. */
function Tab(props: {
  readonly to: string;
  readonly isOpen: boolean;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles2(stylesOf);
  const { search } = useLocation();
  const element = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (!props.isOpen) return;
    const show = (): void => element.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    show();
    // With its font a text is wider.
    void document.fonts.ready.then(show);
  }, [props.isOpen]);
  return (
    <Link
      ref={element}
      to={withTakenAlong(props.to, search, ALONG)}
      className={cx(styles.tab, props.isOpen && styles.open)}
      {...(props.isOpen ? { "aria-current": "page" as const } : {})}
    >
      {props.children}
    </Link>
  );
}

function AlertsTab({ isOpen }: { readonly isOpen: boolean }): ReactElement {
  const styles = useStyles2(stylesOf);
  const firing = firingCount(usePolled(alertRules, ALERTS_EVERY_MS).answer ?? []);
  return (
    <Tab to="/alerts" isOpen={isOpen}>
      Alerts
      {firing > 0 ? <span className={styles.firing}>{firing}</span> : null}
    </Tab>
  );
}

/** What every page has: where one can go, and the theme. */
export function Shell({ manifest, themeName, switchTheme, children }: ShellProps): ReactElement {
  const styles = useStyles2(stylesOf);
  const { pathname } = useLocation();
  const other = themeName === "dark" ? "light" : "dark";
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Link to="/" className={styles.brand}>
          <svg viewBox="0 0 24 24" aria-hidden="true" className={styles.mark}>
            <path d="M2 12h4l3-8 5 16 3-8h5" />
          </svg>
          <span className={styles.name}>Sockscope</span>
        </Link>
        <nav className={styles.tabs} aria-label="Dashboards">
          {manifest.dashboards.map((entry) => (
            <Tab
              key={entry.uid}
              to={`/d/${entry.uid}`}
              isOpen={pathname === `/d/${entry.uid}` || pathname.startsWith(`/d/${entry.uid}/`)}
            >
              {shortTitle(entry)}
            </Tab>
          ))}
          <AlertsTab isOpen={pathname === "/alerts"} />
        </nav>
        <IconButton
          name="adjust-circle"
          size="lg"
          tooltip={`Use the ${other} theme`}
          onClick={() => switchTheme(other)}
        />
      </header>
      <main className={styles.main}>{children}</main>
    </div>
  );
}

function stylesOf(
  theme: GrafanaTheme2,
): Record<
  "page" | "header" | "brand" | "mark" | "name" | "tabs" | "tab" | "open" | "firing" | "main",
  string
> {
  return {
    page: css({
      minHeight: "100vh",
      minWidth: 0,
      background: theme.colors.background.canvas,
      color: theme.colors.text.primary,
    }),
    header: css({
      display: "flex",
      alignItems: "center",
      gap: theme.spacing(2),
      height: 40,
      padding: theme.spacing(0, 2),
      background: theme.colors.background.primary,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    }),
    brand: css({
      display: "flex",
      alignItems: "center",
      gap: theme.spacing(1),
      flexShrink: 0,
      fontWeight: theme.typography.fontWeightMedium,
      borderRadius: theme.shape.radius.default,
    }),
    mark: css({
      width: 18,
      fill: "none",
      stroke: theme.colors.primary.text,
      strokeWidth: 2.4,
      strokeLinecap: "round",
      strokeLinejoin: "round",
    }),
    name: css({ [theme.breakpoints.down("sm")]: { display: "none" } }),
    tabs: css({
      display: "flex",
      flex: 1,
      minWidth: 0,
      height: "100%",
      overflowX: "auto",
      scrollbarWidth: "none",
      gap: theme.spacing(0.5),
    }),
    tab: css({
      position: "relative",
      display: "flex",
      alignItems: "center",
      gap: theme.spacing(0.75),
      flexShrink: 0,
      padding: theme.spacing(0, 1.25),
      color: theme.colors.text.secondary,
      "&:hover": { color: theme.colors.text.primary },
      // What is outside of a row that scrolls is cut off.
      "&:focus-visible": {
        boxShadow: "none",
        outline: `2px solid ${theme.colors.primary.main}`,
        outlineOffset: -4,
      },
    }),
    open: css({
      color: theme.colors.text.primary,
      "&::after": {
        content: '""',
        position: "absolute",
        left: theme.spacing(1.25),
        right: theme.spacing(1.25),
        bottom: 0,
        height: 2,
        borderRadius: 1,
        backgroundImage: theme.colors.gradients.brandHorizontal,
      },
    }),
    firing: css({
      minWidth: 18,
      padding: theme.spacing(0, 0.5),
      borderRadius: 9,
      textAlign: "center",
      fontSize: 11,
      lineHeight: "18px",
      fontWeight: theme.typography.fontWeightMedium,
      background: theme.colors.error.main,
      color: theme.colors.error.contrastText,
    }),
    main: css({
      padding: theme.spacing(0, 2, 2),
      [theme.breakpoints.down("md")]: { padding: theme.spacing(0, 1, 1) },
    }),
  };
}
