import { expect, it } from "vitest";
import * as entry from "./index.ts";

it("the public entry exports exactly this", () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "CLOSES_RATE_5M",
      "RECORDING_RULES",
      "and",
      "atom",
      "compare",
      "divide",
      "gauge",
      "gaugeHistogramQuantile",
      "histogramQuantile",
      "increase",
      "labelNames",
      "multiply",
      "operand",
      "rate",
      "recorded",
      "selector",
      "sumBy",
      "variable",
    ]
  `);
});
