import { LOOKED_AT, type Question } from "@sockscope/alerts";

/** Series as promtool takes them: selector, and values. */
export type Series = Readonly<Record<string, string>>;

/** In PromQL: one value where an answer of the question lies outside of what is healthy, else nothing. */
export function isUnhealthy({ query, healthy: { least, most }, withoutSeries }: Question): string {
  const beyond = [
    ...(most === undefined ? [] : [`((${query.promql}) > ${most})`]),
    ...(least === undefined ? [] : [`((${query.promql}) < ${least})`]),
  ].join(" or ");
  const outside = `(vector(1) and on () (${beyond}))`;
  return withoutSeries.verdict === "unhealthy" ? `${outside} or ${isSilent({ query })}` : outside;
}

/** In PromQL: one value where the query has no answer, else nothing. */
export function isSilent({ query }: Pick<Question, "query">): string {
  return `(vector(1) unless on () (${query.promql}))`;
}

/** promtool's test of whether an expression has a value when series are looked at. */
export function promqlTest(name: string, series: Series, expr: string, holds: boolean): object {
  return {
    name,
    interval: "1m",
    input_series: Object.entries(series).map(([of, values]) => ({ series: of, values })),
    promql_expr_test: [
      { expr, eval_time: `${LOOKED_AT}m`, exp_samples: holds ? [{ labels: "{}", value: 1 }] : [] },
    ],
  };
}
