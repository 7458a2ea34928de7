import { expect, it } from "vitest";
import * as entry from "./index.ts";

it("the public entry exports exactly this", () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "PromqlError",
      "absent",
      "add",
      "and",
      "andOn",
      "atBound",
      "avgOverTime",
      "compare",
      "countBy",
      "countOf",
      "divide",
      "exp",
      "expression",
      "gauge",
      "gaugeHistogramQuantile",
      "histogramQuantile",
      "increase",
      "labelNames",
      "lastOverTime",
      "matcherTexts",
      "maxOverTime",
      "multiply",
      "not",
      "numberText",
      "or",
      "rangeInWords",
      "rangeSeconds",
      "rate",
      "ratio",
      "selection",
      "selector",
      "subtract",
      "sumBy",
      "unlessOn",
      "up",
      "variable",
      "vector",
    ]
  `);
});
