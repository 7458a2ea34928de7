import { instantQuery, readPrometheus } from "./api.ts";

/** The span of time in which values are looked for, in ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const LABEL_VALUES = /^label_values\((?:(?<selector>.+),\s*)?(?<label>[a-zA-Z_]\w*)\s*\)$/s;
const LABEL_NAMES = /^label_names\((?<selector>.*)\)$/s;
const METRICS = /^metrics\((?<pattern>.+)\)$/s;
const QUERY_RESULT = /^query_result\((?<expr>.+)\)$/s;

function parameters({ fromMs, toMs }: Span, selector: string | undefined): URLSearchParams {
  return new URLSearchParams({
    start: String(fromMs / 1_000),
    end: String(toMs / 1_000),
    ...(selector === undefined || selector.trim() === "" ? {} : { "match[]": selector.trim() }),
  });
}

async function valuesOf(label: string, span: Span, selector?: string): Promise<string[]> {
  return readPrometheus(`label/${encodeURIComponent(label)}/values`, parameters(span, selector));
}

async function queryResults(expr: string, { toMs }: Span): Promise<string[]> {
  const found = await instantQuery(expr, toMs);
  return found.map(({ metric: { __name__: name = "", ...labels }, points }) => {
    const matchers = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    return `${name}{${matchers.join(",")}} ${points[0]?.[1]} ${(points[0]?.[0] ?? 0) * 1_000}`;
  });
}

/**
 * The values that a query variable can have.
 *
 * @param query as Grafana's Prometheus data source knows it: `label_values(metric, label)`, `label_names()`, `metrics(re)` or `query_result(promql)`
 */
export async function variableValues(query: string, span: Span): Promise<string[]> {
  const text = query.trim();
  const values = LABEL_VALUES.exec(text)?.groups;
  if (values !== undefined) return valuesOf(values["label"] ?? "", span, values["selector"]);
  const names = LABEL_NAMES.exec(text)?.groups;
  if (names !== undefined) return readPrometheus("labels", parameters(span, names["selector"]));
  const metrics = METRICS.exec(text)?.groups;
  if (metrics !== undefined) {
    const pattern = new RegExp(metrics["pattern"] ?? "");
    return (await valuesOf("__name__", span)).filter((name) => pattern.test(name));
  }
  const result = QUERY_RESULT.exec(text)?.groups;
  return queryResults(result?.["expr"] ?? text, span);
}
