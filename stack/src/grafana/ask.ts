import { dataPointsOf, interpolated, stepSeconds, type View } from "./interpolated.ts";
import type { DashboardPanel, Target } from "./panels.ts";

/** One series of an answer: its samples in their order. */
export interface AnsweredSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Moment in seconds since 1970, and value. */
  readonly samples: readonly (readonly [moment: number, value: number])[];
}

interface Matrix {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}

/** As JavaScript writes what Prometheus writes as `+Inf`. */
function numberOf(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}

async function post(url: string, fields: Readonly<Record<string, string>>): Promise<AnsweredSeries[]> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(fields) });
  const answer = (await response.json()) as { status: string; error?: string; data: { result: Matrix[] } };
  if (answer.status !== "success") throw new Error(`Prometheus says: ${answer.error}`);
  return answer.data.result.map(({ metric, value, values = value === undefined ? [] : [value] }) => ({
    labels: metric,
    samples: values.map(([moment, text]) => [moment, numberOf(text)] as const),
  }));
}

/**
 * Asks a Prometheus for an expression over what a reader looks at, aligned as Grafana aligns it.
 *
 * @throws Error with Prometheus' own words when it refuses
 */
export function askRange(url: string, query: string, view: View): Promise<AnsweredSeries[]> {
  const step = stepSeconds(view);
  const aligned = (moment: number): string => String(Math.floor(moment / step) * step);
  return post(`${url}/api/v1/query_range`, {
    query,
    start: aligned(view.from),
    end: aligned(view.until),
    step: String(step),
  });
}

/**
 * Asks a Prometheus for an expression's value at the end of what a reader looks at.
 *
 * @throws Error with Prometheus' own words when it refuses
 */
export function askMoment(url: string, query: string, view: View): Promise<AnsweredSeries[]> {
  return post(`${url}/api/v1/query`, { query, time: String(view.until) });
}

/** Asks one query of a panel as Grafana does: its expression interpolated, over a range or of the moment. */
export function askTarget(
  url: string,
  { dashboard, built }: Pick<DashboardPanel, "dashboard" | "built">,
  { expr, instant, interval }: Target,
  view: View,
): Promise<AnsweredSeries[]> {
  const least = interval === undefined ? {} : { leastStepSeconds: Number.parseInt(interval, 10) };
  const shown = { maxDataPoints: dataPointsOf(built), ...view, ...least };
  const query = interpolated(expr, dashboard, shown);
  return (instant === true ? askMoment : askRange)(url, query, shown);
}
