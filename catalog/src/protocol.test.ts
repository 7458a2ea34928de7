import { describe, expect, it } from "vitest";
import * as client from "./metrics/client.ts";
import { batchText, counterLine, histogramLine, seriesText, wireName } from "./protocol.ts";

describe("wireName", () => {
  it("has a dot for what all the product's own share, and no `_total`", () => {
    expect(wireName("ws_client_closes_total")).toBe(".closes");
    expect(wireName("ws_client_rtt_seconds")).toBe(".rtt_seconds");
    expect(wireName("orders_total")).toBe("orders");
    expect(wireName("total_ws_client_total_seconds")).toBe("total_ws_client_total_seconds");
  });

  it("is another one for each metric that browsers report", () => {
    const names = Object.values(client).map(({ name }) => wireName(name));
    expect(new Set(names).size).toBe(names.length);
    expect(names.map(wireName)).toEqual(names);
  });
});

describe("seriesText", () => {
  it("is the metric's name alone where it has no labels", () => {
    expect(seriesText("duration_seconds", [])).toBe("duration_seconds");
  });

  it("has each value in order, percent-encoded, so that none can end a word, a line or a value", () => {
    expect(seriesText("closes_total", ["4401", "a b", "1/2", "%2F\n", "crêpe"])).toBe(
      "closes/4401/a%20b/1%2F2/%252F%0A/cr%C3%AApe",
    );
  });
});

describe("counterLine", () => {
  it("is the series and what it gained", () => {
    expect(counterLine("closes/4401", 3)).toBe("closes/4401 3");
  });
});

describe("histogramLine", () => {
  it("has only the buckets that are not empty, by their index", () => {
    expect(histogramLine("duration_seconds", "connect-1", [0, 2, 0, 1], 0.031)).toBe(
      "duration_seconds connect-1 1:2,3:1 0.031",
    );
  });

  it("has a sum as JavaScript prints it", () => {
    expect(histogramLine("s", "l", [1], 1e-7)).toBe("s l 0:1 1e-7");
    expect(histogramLine("s", "l", [1], 1e21)).toBe("s l 0:1 1e+21");
  });
});

describe("batchText", () => {
  it("is the first line alone when nothing was recorded", () => {
    expect(batchText({ seq: 12, closedMsAgo: 340, leaving: false }, [])).toBe("12 340");
  });

  it("says that the page leaves, and has one line a series", () => {
    expect(batchText({ seq: 1, closedMsAgo: 0, leaving: true }, ["a 1", "b 2"])).toBe(
      "1 0 leaving\na 1\nb 2",
    );
  });
});
