import type { Labels } from "./legend.ts";

/** Where the preview's server passes on what Prometheus is asked. */
const API = "/prometheus/api/v1";

/** A point as Prometheus writes it: seconds, and the value as a text. */
export type Point = readonly [seconds: number, value: string];

/** A series of an answer: of an instant query one point, of a range query many. */
export interface Series {
  readonly metric: Labels;
  readonly points: readonly Point[];
}

interface Answer<T> {
  readonly status: "success" | "error";
  readonly data: T;
  readonly error?: string;
}

interface QueryData {
  readonly resultType: "matrix" | "vector" | "scalar" | "string";
  readonly result: unknown;
}

/**
 * Asks Prometheus.
 *
 * @param signal aborts what nobody waits for any more
 * @throws Error with Prometheus' own words when it refuses
 */
export async function askPrometheus<T>(
  path: string,
  parameters: URLSearchParams,
  signal?: AbortSignal,
): Promise<T> {
  const response = await fetch(`${API}/${path}`, {
    method: "POST",
    body: parameters,
    signal: signal ?? null,
  });
  return data(response);
}

/** The same for what Prometheus only answers to GET. */
export async function readPrometheus<T>(
  path: string,
  parameters: URLSearchParams,
  signal?: AbortSignal,
): Promise<T> {
  return data(await fetch(`${API}/${path}?${parameters}`, { signal: signal ?? null }));
}

async function data<T>(response: Response): Promise<T> {
  const text = await response.text();
  let answer: Answer<T>;
  try {
    answer = JSON.parse(text) as Answer<T>;
  } catch {
    throw new Error(text.trim() || `Prometheus answers ${response.status}.`);
  }
  if (answer.status !== "success") throw new Error(answer.error ?? `Prometheus answers ${response.status}.`);
  return answer.data;
}

function seriesOf({ resultType, result }: QueryData): Series[] {
  if (resultType === "scalar" || resultType === "string") return [{ metric: {}, points: [result as Point] }];
  const found = result as readonly { metric: Labels; value?: Point; values?: readonly Point[] }[];
  return found.map(({ metric, value, values }) => ({
    metric,
    points: values ?? (value === undefined ? [] : [value]),
  }));
}

/** The value of an expression at one moment, in ms. */
export async function instantQuery(expr: string, timeMs: number, signal?: AbortSignal): Promise<Series[]> {
  const parameters = new URLSearchParams({ query: expr, time: String(timeMs / 1_000) });
  return seriesOf(await askPrometheus("query", parameters, signal));
}

/** When to evaluate an expression, all in ms. */
export interface Steps {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

/** The values of an expression over time. */
export async function rangeQuery(
  expr: string,
  { startMs, endMs, stepMs }: Steps,
  signal?: AbortSignal,
): Promise<Series[]> {
  const parameters = new URLSearchParams({
    query: expr,
    start: String(startMs / 1_000),
    end: String(endMs / 1_000),
    step: String(stepMs / 1_000),
  });
  return seriesOf(await askPrometheus("query_range", parameters, signal));
}
