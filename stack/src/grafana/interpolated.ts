import type { buildDashboard } from "@sockscope/dashboards";
import type { BuiltPanel } from "./panels.ts";

type Dashboard = ReturnType<typeof buildDashboard>;

/** What a reader looks at. Moments are in seconds since 1970. */
export interface View {
  readonly from: number;
  readonly until: number;
  /** What the data source says of how often is scraped, in seconds. */
  readonly intervalSeconds: number;
  /** How many points a graph is asked for at most. Default: as many as one across the page. */
  readonly maxDataPoints?: number;
  /** What a query says its step is at least, in seconds. Default: what the data source says of scrapes. */
  readonly leastStepSeconds?: number;
  /** What the reader chose, by variable. Default: All. */
  readonly chosen?: Readonly<Record<string, string>>;
}

/** Of the 24 that a page has, on a screen of the usual width. */
const PIXELS_OF_A_COLUMN = 70;
const COLUMNS = 24;

/** How many points a panel is asked for: as many as it says, or has pixels, about. */
export function dataPointsOf({
  gridPos,
  maxDataPoints,
}: Pick<BuiltPanel, "gridPos" | "maxDataPoints">): number {
  return maxDataPoints ?? (gridPos?.w ?? COLUMNS) * PIXELS_OF_A_COLUMN;
}

/** The distance of a panel's points, in seconds, whatever its queries say. */
function pointSeconds({ from, until, intervalSeconds, maxDataPoints = COLUMNS * PIXELS_OF_A_COLUMN }: View) {
  return Math.max(Math.ceil((until - from) / maxDataPoints), intervalSeconds);
}

/** The distance of a graph's points, in seconds: as fine as the panel, and no finer than what is scraped. */
export function stepSeconds(view: View): number {
  return Math.max(pointSeconds(view), view.leastStepSeconds ?? view.intervalSeconds);
}

/**
 * What Grafana takes for `$__rate_interval`, in seconds.
 *
 * See {@link https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval}.
 */
export function rateIntervalSeconds(view: View): number {
  const scrapeSeconds = view.leastStepSeconds ?? view.intervalSeconds;
  return Math.max(pointSeconds(view) + scrapeSeconds, 4 * scrapeSeconds);
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
