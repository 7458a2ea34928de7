import {
  CLOSES,
  CONNECT_DURATION,
  SERVER_CONNECTION_AGE,
  SERVER_CONNECTIONS_ACTIVE,
} from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { gauge, gaugeHistogramQuantile, histogramQuantile, increase, rate, sumBy } from "./functions.ts";
import { and, compare, divide, multiply } from "./operators.ts";
import { CLOSES_RATE_5M, recorded } from "./recording-rules.ts";
import { variable } from "./selector.ts";

describe("selection", () => {
  it("writes one value as equality, several as an alternation, a variable as it is", () => {
    expect(rate(CLOSES, { code: "4401" }, "5m").promql).toBe('rate(ws_client_closes_total{code="4401"}[5m])');
    expect(rate(CLOSES, { code: ["1006", "1011"] }, "5m").promql).toBe(
      'rate(ws_client_closes_total{code=~"1006|1011"}[5m])',
    );
    expect(increase(CLOSES, { app: variable("app") }, "$__rate_interval").promql).toBe(
      'increase(ws_client_closes_total{app=~"$app"}[$__rate_interval])',
    );
  });

  it("escapes quotes, backslashes, line breaks and regular expressions", () => {
    expect(gauge(SERVER_CONNECTIONS_ACTIVE, { route: 'a"b\\c\nd' }).promql).toBe(
      'ws_connections_active{route="a\\"b\\\\c\\nd"}',
    );
    expect(gauge(SERVER_CONNECTIONS_ACTIVE, { route: ["/a.b", "/c"] }).promql).toBe(
      'ws_connections_active{route=~"/a\\\\.b|/c"}',
    );
  });
});

describe("quantiles", () => {
  it("adds buckets up by le before it takes a quantile of their rate", () => {
    expect(histogramQuantile(0.95, CONNECT_DURATION, {}, "5m").promql).toBe(
      "histogram_quantile(0.95, sum by (le) (rate(ws_client_connect_duration_seconds_bucket[5m])))",
    );
    expect(histogramQuantile(0.5, CONNECT_DURATION, {}, "5m", ["app"]).promql).toBe(
      "histogram_quantile(0.5, sum by (le, app) (rate(ws_client_connect_duration_seconds_bucket[5m])))",
    );
  });

  it("takes no rate of a gauge histogram", () => {
    expect(gaugeHistogramQuantile(0.95, SERVER_CONNECTION_AGE, {}).promql).toBe(
      "histogram_quantile(0.95, sum by (le) (ws_connection_age_seconds_bucket))",
    );
  });
});

describe("operators", () => {
  it("puts an operand that has an operator of its own into parentheses", () => {
    const all = sumBy(["app"], recorded(CLOSES_RATE_5M));
    expect(and(compare(divide(all, all), ">", 0.1), compare(multiply(all, 300), ">=", 5)).promql).toBe(
      "((sum by (app) (app_code:ws_client_closes:rate5m) / sum by (app) (app_code:ws_client_closes:rate5m)) > 0.1) and ((sum by (app) (app_code:ws_client_closes:rate5m) * 300) >= 5)",
    );
  });
});
