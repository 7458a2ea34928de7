import { describe, expect, it } from "vitest";
import type { PromqlNode } from "./node.ts";
import { firstName, partsOf } from "./parts-of.ts";

const ONE: PromqlNode = { kind: "number", value: 1 };
const CLOSES: PromqlNode = { kind: "selector", name: "ws_closes_total", matchers: [] };
const OPENS: PromqlNode = { kind: "selector", name: "ws_opens_total", matchers: [] };
const RATE: PromqlNode = { kind: "call", name: "rate", args: [CLOSES] };
const SUM: PromqlNode = { kind: "aggregation", operator: "sum", by: [], of: RATE };
const RATIO: PromqlNode = { kind: "binary", operator: "/", left: SUM, right: OPENS };
const SUBQUERY: PromqlNode = { kind: "subquery", of: RATIO, range: "1h", every: "1m" };
const KEPT: PromqlNode = { kind: "binary", operator: "-", left: ONE, right: SUBQUERY };

describe("the parts of a node", () => {
  it.each<[PromqlNode, readonly PromqlNode[]]>([
    [ONE, []],
    [{ kind: "string", value: "a" }, []],
    [CLOSES, []],
    [RATE, [CLOSES]],
    [SUM, [RATE]],
    [RATIO, [SUM, OPENS]],
    [SUBQUERY, [RATIO]],
  ])("of $kind are what it is written of, in order", (node, parts) => {
    expect(partsOf(node)).toEqual(parts);
  });
});

describe("the first name of a node", () => {
  it("is that of what is counted, whatever it is divided by, over which time and subtracted from what", () => {
    expect(firstName(KEPT)).toBe("ws_closes_total");
  });

  it("is none where no series is read", () => {
    expect(firstName({ kind: "call", name: "vector", args: [ONE] })).toBeUndefined();
  });
});
