import { describe, expect, it } from "vitest";
import { jsonFault } from "./json-fault.ts";

describe("where a text stops being JSON", () => {
  it.each<[text: string, line: number, column: number]>([
    ["", 1, 1],
    ["abc", 1, 1],
    ["{ apps: [] }", 1, 3],
    ['{ "apps": [], }', 1, 15],
    ['{\n  "apps": [],\n  "releases": ["1",]\n}', 3, 20],
    ['{\n  // a comment\n  "apps": []\n}', 2, 3],
    ['{\n  "apps": []\n  "frames": {}\n}', 3, 3],
    ['{ "apps": [1 }', 1, 14],
    ['{ "apps" [] }', 1, 10],
    ["{ 'apps': [] }", 1, 3],
    ['{ "a": "b\nc" }', 1, 8],
    ['{ "a": 01 }', 1, 9],
    ['{ "a": tru }', 1, 8],
    ['{ "a": [1, 2]', 1, 14],
    ["{} {}", 1, 4],
    ["[1,]", 1, 4],
    ["]", 1, 1],
  ])("%j", (text, line, column) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(jsonFault(text)).toEqual({ line, column });
  });

  it("is the end of a text that is JSON", () => {
    const text = JSON.stringify({ a: [1, -2.5e3, { b: null, '\u2028"': "\\" }], c: {}, d: [] }, null, 1);
    expect(jsonFault(text)).toEqual({ line: text.split("\n").length, column: 2 });
  });
});
