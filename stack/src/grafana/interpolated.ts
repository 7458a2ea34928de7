import type { buildDashboard } from "@sockscope/dashboards";

type Dashboard = ReturnType<typeof buildDashboard>;

/** What a reader looks at. Moments are in seconds since 1970. */
export interface View {
  readonly from: number;
  readonly until: number;
  /** What the data source says of how often is scraped, in seconds. */
  readonly intervalSeconds: number;
  /** What the reader chose, by variable. Default: All. */
  readonly chosen?: Readonly<Record<string, string>>;
}

/** Pixels, about: Grafana asks for no more points than a panel has. */
const MAX_DATA_POINTS = 1_000;

/** The distance of a graph's points, in seconds: as fine as the panel, and no finer than what is scraped. */
export function stepSeconds({ from, until, intervalSeconds }: View): number {
  return Math.max(Math.ceil((until - from) / MAX_DATA_POINTS), intervalSeconds);
}

/**
 * What Grafana takes for `$__rate_interval`, in seconds.
 *
 * See {@link https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval}.
 */
export function rateIntervalSeconds(view: View): number {
  return Math.max(stepSeconds(view) + view.intervalSeconds, 4 * view.intervalSeconds);
}

/** As Grafana writes a value into a regular expression within a PromQL string. */
function escaped(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, "\\\\$&");
}

function variableValue(name: string, dashboard: Dashboard, { chosen = {} }: View): string | undefined {
  const value = chosen[name];
  if (value !== undefined) return escaped(value);
  const { allValue } = dashboard.templating?.list?.find((variable) => variable.name === name) ?? {};
  return allValue ?? undefined;
}

/**
 * An expression with everything replaced that Grafana replaces.
 *
 * @throws Error for a variable that the dashboard does not have
 */
export function interpolated(expression: string, dashboard: Dashboard, view: View): string {
  const built: Readonly<Record<string, string>> = {
    __rate_interval: `${rateIntervalSeconds(view)}s`,
    __interval: `${stepSeconds(view)}s`,
    __range: `${view.until - view.from}s`,
  };
  return expression.replace(/\$(?:\{(\w+)\}|(\w+))/g, (text, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? "";
    const value = built[name] ?? variableValue(name, dashboard, view);
    if (value === undefined) throw new Error(`${text} is no variable of ${dashboard.title}.`);
    return value;
  });
}
