import { MAX_BATCH_BYTES, MAX_BATCH_LINES, MAX_DELTA } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { parseBatch } from "./parse-batch.ts";
import { RequestRefused } from "./request-refused.ts";

const HEAD = "7 340";

function refusalOf(body: string): RequestRefused {
  try {
    parseBatch(body);
  } catch (error) {
    if (error instanceof RequestRefused) return error;
    throw error;
  }
  throw new Error(`accepted ${body}`);
}

function inLine2(text: string): string {
  return `${HEAD}\n${text}`;
}

describe("parseBatch", () => {
  it("returns counters and histograms with the numbers of their lines", () => {
    expect(parseBatch(`${HEAD}\na/x 1\nb_seconds layout-1 0:2,11:3 0.5\nc 4`)).toEqual({
      seq: 7,
      closedMsAgo: 340,
      leaving: false,
      counters: [
        { line: 2, series: "a/x", delta: 1 },
        { line: 4, series: "c", delta: 4 },
      ],
      histograms: [
        { line: 3, series: "b_seconds", layout: "layout-1", buckets: [0, 11], counts: [2, 3], sum: 0.5 },
      ],
    });
  });

  it("takes a first line alone for an empty batch, with and without a newline behind it", () => {
    const empty = { seq: 7, closedMsAgo: 340, leaving: false, counters: [], histograms: [] };
    expect(parseBatch(HEAD)).toEqual(empty);
    expect(parseBatch(`${HEAD}\n`)).toEqual(empty);
  });

  it("ignores further words of the first line, and knows `leaving` only in its place", () => {
    expect(parseBatch(`${HEAD} leaving soon`).leaving).toBe(true);
    expect(parseBatch(`${HEAD} soon leaving`).leaving).toBe(false);
  });

  it.each<[field: string, body: string]>([
    ["seq in line 1", ""],
    ["seq in line 1", "{"],
    ["seq in line 1", "batch 7 340"],
    ["seq in line 1", `\u{feff}${HEAD}`],
    ["seq in line 1", `\n${HEAD}`],
    ["seq in line 1", "0 340"],
    ["seq in line 1", "9007199254740992 340"],
    ["seq in line 1", " 7 340"],
    ["closed_ms_ago in line 1", "7"],
    ["closed_ms_ago in line 1", "7 0.5"],
    ["closed_ms_ago in line 1", "7 -1"],
    ["closed_ms_ago in line 1", `7 ${"9".repeat(400)}`],
    ["line 2", inLine2("a")],
    ["line 2", inLine2("a 1 2")],
    ["line 2", inLine2("a 1 2 3 4")],
    ["line 2", inLine2("a  1")],
    ["line 2", inLine2("a_seconds  0:1 0")],
    ["line 2", inLine2(" a 1")],
    ["line 2", inLine2("\n")],
    ["line 3", inLine2("a 1\n\n")],
    ["the delta of the counter in line 2", inLine2("a 0")],
    ["the delta of the counter in line 2", inLine2(`a ${MAX_DELTA + 1}`)],
    ["the delta of the counter in line 2", inLine2("a 1\r\n")],
    ["the delta of the counter in line 2", inLine2("a ")],
    ["the delta of the counter in line 3", inLine2("a 1\nb 1.5")],
    ["the list of buckets of the histogram in line 2", inLine2("a l  0")],
    ["the list of buckets of the histogram in line 2", inLine2("a l 1 0")],
    ["the list of buckets of the histogram in line 2", inLine2("a l 1:0 0")],
    ["the list of buckets of the histogram in line 2", inLine2(`a l 1:${MAX_DELTA + 1} 0`)],
    ["the list of buckets of the histogram in line 2", inLine2("a l 1:1, 0")],
    ["the list of buckets of the histogram in line 2", inLine2("a l 1:1,1:1 0")],
    ["the list of buckets of the histogram in line 2", inLine2("a l 2:1,1:1 0")],
    ["the list of buckets of the histogram in line 2", inLine2("a l 1,2:1 0")],
    ["the list of buckets of the histogram in line 2", inLine2("a l -1:1 0")],
    ["the sum of the histogram in line 2", inLine2("a l 1:1 ")],
    ["the sum of the histogram in line 2", inLine2("a l 1:1 -1")],
    ["the sum of the histogram in line 2", inLine2("a l 1:1 1e+999")],
  ])("names %s when it is malformed: %j", (where, body) => {
    const { code, message } = refusalOf(body);
    expect(code).toBe("SOCKSCOPE_ERR_BATCH");
    expect(message).toContain(`${where} is `);
    expect(message.startsWith(where)).toBe(true);
    expect(message.length).toBeLessThan(250);
  });

  it.each([
    ["a counter", "a 2"],
    ["a histogram", "a layout-1 0:1 0"],
  ])("refuses a series a second time, as %s", (_what, again) => {
    expect(refusalOf(inLine2(`a 1\nb 1\n${again}`)).message).toBe(
      "line 4 has the series of line 2; send one line a series",
    );
  });

  it.each([
    "my password is hunter2",
    "hunter2 340",
    inLine2("hunter2"),
    inLine2("a hunter2"),
    inLine2("a l hunter2 1"),
    inLine2("a l 1:1 hunter2"),
  ])("has a message for the log that quotes nothing of the body: %j", (body) => {
    const { message, messageForLog } = refusalOf(body);
    expect(messageForLog).not.toContain("hunter2");
    expect(messageForLog).toMatch(/ is a text of \d+; /);
    expect(messageForLog.slice(messageForLog.indexOf(";"))).toBe(message.slice(message.indexOf(";")));
  });

  it("takes as many lines as a batch may have, and no more", () => {
    const lines = Array.from({ length: MAX_BATCH_LINES + 1 }, (_, index) => `${index} 1`);
    expect(parseBatch(inLine2(lines.slice(1).join("\n"))).counters).toHaveLength(MAX_BATCH_LINES);
    expect(refusalOf(inLine2(lines.join("\n"))).message).toMatch(/^the batch has more than \d+ lines /);
  });

  it("quotes only the beginning of what it received", () => {
    expect(refusalOf(inLine2(`a ${"x".repeat(5000)}`)).message.length).toBeLessThan(200);
  });

  it.each([
    ["newlines", "\n"],
    ["spaces", " "],
    ["commas", "a l 1:1,"],
    ["digits", "1"],
    ["slashes", "/"],
  ])("refuses a body full of %s", (_what, unit) => {
    const body = inLine2(unit.repeat(MAX_BATCH_BYTES / unit.length));
    expect(refusalOf(body).code).toBe("SOCKSCOPE_ERR_BATCH");
  });
});
