import { MAX_BATCH_BYTES, MAX_DELTA } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { batchText } from "../testing/batches.test-support.ts";
import { parseBatch } from "./parse-batch.ts";
import { RequestRefused } from "./request-refused.ts";

const COUNTER = { name: "n", labels: {}, delta: 1 };
const HISTOGRAM = { name: "n", labels: {}, layout: "l", counts: [1], sum: 0 };

function refusalOf(body: string): RequestRefused {
  try {
    parseBatch(body);
  } catch (error) {
    if (error instanceof RequestRefused) return error;
    throw error;
  }
  throw new Error(`accepted ${body}`);
}

describe("parseBatch", () => {
  it("returns the fields of the protocol and ignores others", () => {
    const body = batchText(7, { counters: [{ ...COUNTER, extra: 1 }], histograms: [HISTOGRAM], extra: {} });
    expect(parseBatch(body)).toEqual({
      version: 1,
      seq: 7,
      closed_ms_ago: 0,
      counters: [COUNTER],
      histograms: [HISTOGRAM],
    });
  });

  it.each(["", "{", "nope", "\u0000"])("refuses %j as not JSON", (body) => {
    expect(refusalOf(body).code).toBe("SOCKSCOPE_ERR_JSON");
  });

  it.each([undefined, 2, "1", null])("refuses version %j", (version) => {
    expect(refusalOf(batchText(1, { version })).code).toBe("SOCKSCOPE_ERR_VERSION");
  });

  it.each<[field: string, overrides: object]>([
    ["seq", { seq: 0 }],
    ["seq", { seq: 2 ** 53 }],
    ["closed_ms_ago", { closed_ms_ago: -1 }],
    ["closed_ms_ago", { closed_ms_ago: "0" }],
    ["leaving", { leaving: false }],
    ["leaving", { leaving: null }],
    ["leaving", { leaving: "true" }],
    ["counters", { counters: {} }],
    ["histograms", { histograms: undefined }],
    ["counters[0]", { counters: [null] }],
    ["counters[1].name", { counters: [COUNTER, { ...COUNTER, name: 1 }] }],
    ["counters[0].labels", { counters: [{ ...COUNTER, labels: [] }] }],
    ["counters[0].labels", { counters: [{ ...COUNTER, labels: { code: 1000 } }] }],
    ["counters[0].delta", { counters: [{ ...COUNTER, delta: MAX_DELTA + 1 }] }],
    ["histograms[0].layout", { histograms: [{ ...HISTOGRAM, layout: undefined }] }],
    ["histograms[0].counts", { histograms: [{ ...HISTOGRAM, counts: "1" }] }],
    ["histograms[0].counts", { histograms: [{ ...HISTOGRAM, counts: [] }] }],
    ["histograms[0].counts[1]", { histograms: [{ ...HISTOGRAM, counts: [1, MAX_DELTA + 1] }] }],
    ["histograms[0].sum", { histograms: [{ ...HISTOGRAM, sum: null }] }],
  ])("names %s when it is malformed: %j", (field, overrides) => {
    const { code, message } = refusalOf(batchText(1, overrides));
    expect(code).toBe("SOCKSCOPE_ERR_BATCH");
    expect(message.startsWith(`${field} is `)).toBe(true);
  });

  it("keeps what says that the page leaves", () => {
    expect(parseBatch(batchText(1, { leaving: true })).leaving).toBe(true);
    expect(parseBatch(batchText(1))).not.toHaveProperty("leaving");
  });

  it.each([
    "my password is hunter2",
    batchText(1, { version: "hunter2" }),
    batchText(1, { seq: "hunter2" }),
    batchText(1, { counters: ["hunter2"] }),
    batchText(1, { counters: [{ ...COUNTER, delta: "hunter2" }] }),
  ])("has a message for the log that quotes nothing of the body: %s", (body) => {
    const { message, messageForLog } = refusalOf(body);
    expect(message).toContain("hunter2");
    expect(messageForLog).not.toContain("hunter2");
    expect(messageForLog.slice(messageForLog.indexOf(";"))).toBe(message.slice(message.indexOf(";")));
  });

  it("refuses a number that JSON can say and a double cannot", () => {
    const body = batchText(1, { histograms: [HISTOGRAM] }).replace('"sum":0', '"sum":1e999');
    expect(refusalOf(body).message).toContain("histograms[0].sum is Infinity");
  });

  it("quotes only the beginning of what it received", () => {
    const { message } = refusalOf(batchText(1, { seq: "x".repeat(5000) }));
    expect(message.length).toBeLessThan(200);
  });

  it("refuses lists nested as deep as a body allows", () => {
    const deep = "[".repeat(MAX_BATCH_BYTES / 2 - 50) + "]".repeat(MAX_BATCH_BYTES / 2 - 50);
    expect(refusalOf(`{"version":1,"seq":${deep}}`).message).toContain("seq is a list of 1");
  });

  it("keeps a label called __proto__ as a label", () => {
    const body = `{"version":1,"seq":1,"closed_ms_ago":0,"counters":[{"name":"n","labels":{"__proto__":"x"},"delta":1}],"histograms":[]}`;
    expect(Object.keys(parseBatch(body).counters[0]?.labels ?? {})).toEqual(["__proto__"]);
  });
});
