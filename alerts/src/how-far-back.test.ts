import type { Period } from "@sockscope/catalog";
import { expression, type PromqlNode, type Range } from "@sockscope/promql";
import { expect, it } from "vitest";
import { howFarBack } from "./how-far-back.ts";

interface Back<R extends Range = Period> {
  readonly range?: R;
  readonly offset?: Period;
}

function series(back: Back<Range>): PromqlNode {
  return { kind: "selector", name: "ws_closes_total", matchers: [], ...back };
}

function recorded(name: string): PromqlNode {
  return { kind: "selector", name, matchers: [] };
}

function rate(back: Back<Range>): PromqlNode {
  return { kind: "call", name: "rate", args: [series(back)] };
}

function evaluated(of: PromqlNode, { range = "1h", offset }: Back): PromqlNode {
  return { kind: "subquery", of, every: "1m", range, ...(offset === undefined ? {} : { offset }) };
}

function ratio(left: PromqlNode, right: PromqlNode): PromqlNode {
  return { kind: "binary", operator: "/", left, right };
}

it.each<[Period, string, PromqlNode]>([
  ["1h", "nothing", series({})],
  ["1h", "what a panel decides", rate({ range: "$__rate_interval" })],
  ["1h", "half of it", rate({ range: "30m" })],
  ["6h", "more than half of the span before", rate({ range: "31m" })],
  ["6h", "half of it, of which a part is an offset", rate({ range: "1h", offset: "2h" })],
  ["1d", "an offset alone", series({ offset: "4h" })],
  ["1d", "a subquery, its offset and what it evaluates", evaluated(rate({ range: "1h" }), { offset: "2h" })],
  ["1d", "the longer of two operands", ratio(rate({ range: "5m" }), rate({ range: "6h" }))],
  [
    "1d",
    "the longer of two operands, which is the first",
    ratio(rate({ range: "6h" }), rate({ range: "5m" })),
  ],
  ["3d", "a day", rate({ range: "1d" })],
  ["3d", "a day and a half", rate({ range: "1d", offset: "12h" })],
  ["3d", "what is recorded of a day", recorded("cluster_app:ws_reloads:increase1d")],
  ["1h", "what is recorded of the moment", recorded("app:ws_sessions:sum")],
  ["7d", "more than that", rate({ range: "1d", offset: "13h" })],
  ["7d", "as long as itself, of which no span is twice", rate({ range: "7d" })],
])("a panel shows %s of an expression that looks back over %s", (span, _what, node) => {
  expect(howFarBack(expression(node, []))).toBe(span);
});
