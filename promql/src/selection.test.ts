import {
  COLLECTOR_BATCHES,
  COLLECTOR_SERIES,
  SERVER_CLOSES,
  SERVER_CONNECTIONS_ACTIVE,
  SESSIONS_ACTIVE,
} from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { labelNames, not, variable } from "./matchers.ts";
import { PromqlError } from "./promql-error.ts";
import { activeSince, firingAlerts, recordedSeries, selector, up } from "./selection.ts";

describe("matchers", () => {
  const closes = (where: Parameters<typeof selector>[1]) => selector(SERVER_CLOSES.name, where);

  it("write one value as equality, several as an alternation, a variable as it is", () => {
    expect(closes({ code: "4401" })).toBe('ws_closes_total{code="4401"}');
    expect(closes({ code: ["4401"] })).toBe('ws_closes_total{code="4401"}');
    expect(closes({ code: ["1006", "1011"] })).toBe('ws_closes_total{code=~"1006|1011"}');
    expect(closes({ app: variable("app") })).toBe('ws_closes_total{app=~"$app"}');
  });

  it("write all but some values, and nothing for a label that is not asked about", () => {
    expect(closes({ code: not("1000") })).toBe('ws_closes_total{code!="1000"}');
    expect(closes({ code: not(["1000"]) })).toBe('ws_closes_total{code!="1000"}');
    expect(closes({ code: not(["1000", "1001"]), reason: "peer" })).toBe(
      'ws_closes_total{code!~"1000|1001",reason="peer"}',
    );
    expect(closes({ code: undefined })).toBe("ws_closes_total");
  });

  it("escape quotes, backslashes, line breaks and regular expressions", () => {
    expect(closes({ route: 'a"b\\c\nd' })).toBe('ws_closes_total{route="a\\"b\\\\c\\nd"}');
    expect(closes({ route: ["/a.b", "/c"] })).toBe('ws_closes_total{route=~"/a\\\\.b|/c"}');
    expect(closes({ route: not(["a|b", "c"]) })).toBe('ws_closes_total{route!~"a\\\\|b|c"}');
  });

  it("refuse a list without values, which PromQL would take for a missing label", () => {
    expect(() => closes({ code: [] })).toThrow(PromqlError);
    expect(() => closes({ code: not([]) })).toThrow(PromqlError);
  });
});

describe("selections", () => {
  it("carry the metric's labels and the stamped ones, each once", () => {
    const stamped = (metric: Parameters<typeof labelNames>[0]): readonly string[] =>
      labelNames(metric).filter((label) => !Object.hasOwn(metric.labels, label));
    expect(labelNames(SERVER_CONNECTIONS_ACTIVE)).toEqual(["route", "app", "job", "instance"]);
    expect(labelNames(COLLECTOR_BATCHES)).toEqual(["app", "result", "job", "instance"]);
    expect(stamped(COLLECTOR_SERIES)).toEqual(["job", "instance"]);
    expect(stamped(SESSIONS_ACTIVE)).toEqual(["app", "release", "job", "instance"]);
  });

  it("know Prometheus' own gauge of its targets, which has no app", () => {
    expect(up({ job: "chat-server" }).promql).toBe('up{job="chat-server"}');
    expect(up({}).labels).toEqual(["job", "instance"]);
  });

  it("take the name of a recorded expression", () => {
    expect(recordedSeries("app:x:sum", ["app"])).toMatchObject({ promql: "app:x:sum", labels: ["app"] });
  });

  it("know Prometheus' own series of alerts", () => {
    expect(firingAlerts({ severity: "page" }).promql).toBe('ALERTS{alertstate="firing",severity="page"}');
    expect(activeSince({}).promql).toBe("ALERTS_FOR_STATE");
  });
});
