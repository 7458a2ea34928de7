import {
  CLOSES,
  CONNECTION_DURATION,
  DEFAULT_CATALOG,
  DOWNTIME,
  FRAMES_SENT,
  HEAP_GROWTH,
  MESSAGE_LATENCY,
  SERVER_CONNECTION_DURATION,
} from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { atBound, countOf, increase, rate } from "./counters.ts";
import { variable } from "./matchers.ts";
import { PromqlError } from "./promql-error.ts";

describe("rate and increase", () => {
  it("look back over a range", () => {
    expect(rate(CLOSES, { code: "4401" }, "5m").promql).toBe('rate(ws_client_closes_total{code="4401"}[5m])');
    expect(increase(CLOSES, { app: variable("app") }, "$__rate_interval").promql).toBe(
      'increase(ws_client_closes_total{app=~"$app"}[$__rate_interval])',
    );
  });

  it("end the look back earlier with an offset", () => {
    expect(rate(FRAMES_SENT, { event: "user_message" }, "5m", { offset: "30s" }).promql).toBe(
      'rate(ws_client_frames_sent_total{event="user_message"}[5m] offset 30s)',
    );
  });
});

describe("parts of a histogram", () => {
  it("match a whole bound in the spelling of both text formats", () => {
    expect(increase(atBound(SERVER_CONNECTION_DURATION, 1800), {}, "1d").promql).toBe(
      'increase(ws_connection_duration_seconds_bucket{le=~"1800|1800\\\\.0"}[1d])',
    );
  });

  it("match a large bound also in the exponent's spelling, as Go writes it", () => {
    expect(increase(atBound(HEAP_GROWTH, 10_485_760), { session_age: "8h" }, "7d").promql).toBe(
      'increase(ws_client_heap_growth_bytes_bucket{session_age="8h",le=~"10485760|10485760\\\\.0|1\\\\.048576e\\\\+07"}[7d])',
    );
  });

  it("match a bound with decimals by equality", () => {
    expect(rate(atBound(MESSAGE_LATENCY, 0.2), {}, "1h").promql).toBe(
      'rate(ws_client_message_latency_seconds_bucket{le="0.2"}[1h])',
    );
    expect(atBound(DOWNTIME, 19.2).le).toEqual(["19.2"]);
  });

  it("match one bucket of a layout and no other, in any spelling", () => {
    const histograms = DEFAULT_CATALOG.clientMetrics.flatMap(({ metric }) =>
      metric.type === "histogram" ? [metric] : [],
    );
    expect(histograms.length).toBeGreaterThan(0);
    for (const histogram of histograms) {
      const spelled = histogram.layout.bounds.map((bound) => atBound(histogram, bound).le ?? []);
      const all = spelled.flat();
      for (const [index, bound] of histogram.layout.bounds.entries()) {
        const [, value = ""] = /le=~?"(.*)"/.exec(rate(atBound(histogram, bound), {}, "5m").promql) ?? [];
        const matched = new RegExp(`^(?:${value.replaceAll("\\\\", "\\")})$`);
        expect(
          all.filter((spelling) => matched.test(spelling)),
          `${histogram.name} ${bound}`,
        ).toEqual(spelled[index]);
      }
    }
  });

  it("refuse a bound that the layout does not have, because its bucket would never be there", () => {
    expect(() => atBound(CONNECTION_DURATION, 60)).toThrow(PromqlError);
  });

  it("count all observations", () => {
    expect(rate(countOf(MESSAGE_LATENCY), {}, "1h").promql).toBe(
      "rate(ws_client_message_latency_seconds_count[1h])",
    );
  });
});
