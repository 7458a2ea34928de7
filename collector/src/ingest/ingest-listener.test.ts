import { CLOSES, COLLECTOR_BATCHES, COLLECTOR_REFUSALS, FRAMES_RECEIVED } from "@sockscope/catalog";
import { counterLine, MAX_BATCH_BYTES, type RefusalCode, wireName } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { BATCH_HEADERS, batchText, CHAT, ORIGIN, pathOf, rawHead } from "../testing/batches.test-support.ts";
import { closeLine, seriesOf } from "../testing/lines.test-support.ts";
import { sendRaw } from "../testing/raw-connection.test-support.ts";
import { codeOf, type Sent, send } from "../testing/send.test-support.ts";
import { startTestIngest } from "../testing/start-ingest.test-support.ts";

const FOREIGN = { ...BATCH_HEADERS, origin: "https://evil.example" };
const KEYED = { name: "keyed", origins: [ORIGIN], key: "pk-1" };

function padded(bytes: number): string {
  return batchText(1, { lines: [] }).padEnd(bytes, " ");
}

describe("body length", () => {
  it("accepts a body of exactly the limit", async () => {
    const { url } = await startTestIngest();
    const answer = await send(url, { path: pathOf(), headers: BATCH_HEADERS, body: padded(MAX_BATCH_BYTES) });
    expect(answer.status).toBe(204);
  });

  it("refuses a declared length over the limit without waiting for the body", async () => {
    const { url, refusals } = await startTestIngest();
    const answer = await sendRaw(url, rawHead(`Content-Length: ${MAX_BATCH_BYTES + 1}`));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/^Connection: close\r$/m);
    expect(answer).toContain("SOCKSCOPE_ERR_BODY_TOO_LARGE");
    expect(refusals("SOCKSCOPE_ERR_BODY_TOO_LARGE")).toBe(1);
  });

  it("refuses a chunked body as soon as it passes the limit, and closes", async () => {
    const { url, refusals } = await startTestIngest();
    const size = MAX_BATCH_BYTES + 1;
    const chunk = `${size.toString(16)}\r\n${padded(size)}\r\n`;
    const answer = await sendRaw(url, rawHead("Transfer-Encoding: chunked") + chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(refusals("SOCKSCOPE_ERR_BODY_TOO_LARGE")).toBe(1);
  });
});

describe("what a body may be", () => {
  it("refuses what is not UTF-8 instead of replacing it", async () => {
    const { url, refusals } = await startTestIngest();
    const body = Buffer.from(batchText(1).replace("4401", "44\xff1"), "latin1");
    const head = Buffer.from(rawHead(`Content-Length: ${body.length}`, "Connection: close"));
    const answer = await sendRaw(url, Buffer.concat([head, body]));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(refusals("SOCKSCOPE_ERR_TEXT")).toBe(1);
  });

  it("puts a body together that comes in pieces", async () => {
    const { url, state } = await startTestIngest();
    const pieces = batchText(1).replaceAll(/./gs, (character) => `1\r\n${character}\r\n`);
    const head = rawHead("Transfer-Encoding: chunked", "Connection: close");
    expect(await sendRaw(url, `${head}${pieces}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 204 /);
    expect(state.sessions.size).toBe(1);
  });
});

describe("answers", () => {
  it("accepts a request that names its whole URL", async () => {
    const { url, state } = await startTestIngest();
    const body = batchText(1);
    const head = rawHead(`Content-Length: ${body.length}`, "Connection: close");
    const answer = await sendRaw(url, `${head.replace("POST ", "POST HTTP://c.example:80")}${body}`);
    expect(answer).toMatch(/^HTTP\/1\.1 204 /);
    expect(state.sessions.size).toBe(1);
  });

  it("lets nobody but pages of the app's origins read that a batch was counted", async () => {
    const { url } = await startTestIngest();
    const answer = await send(url, { path: pathOf(), headers: BATCH_HEADERS, body: batchText(1) });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({ "access-control-allow-origin": ORIGIN, vary: "Origin" });
  });

  it.each(["https://evil.example", "null", `${ORIGIN}.evil.example`, `${ORIGIN}/`])(
    "refuses pages of the origin %s",
    async (origin) => {
      const { url } = await startTestIngest();
      const headers = { ...BATCH_HEADERS, origin };
      const answer = await send(url, { path: pathOf(), headers, body: batchText(1) });
      expect(codeOf(answer)).toBe("SOCKSCOPE_ERR_ORIGIN");
    },
  );

  it.each<[what: string, request: Sent, code: RefusalCode]>([
    ["a malformed batch", { path: pathOf(), headers: BATCH_HEADERS, body: "{" }, "SOCKSCOPE_ERR_BATCH"],
    ["a foreign origin", { path: pathOf(), headers: FOREIGN }, "SOCKSCOPE_ERR_ORIGIN"],
    ["an unknown app", { path: `${pathOf()}-2`, headers: BATCH_HEADERS }, "SOCKSCOPE_ERR_APP"],
    ["an unknown app of a foreign origin", { path: `${pathOf()}-2`, headers: FOREIGN }, "SOCKSCOPE_ERR_APP"],
    ["a wrong key", { path: pathOf().replace(CHAT.name, KEYED.name), headers: FOREIGN }, "SOCKSCOPE_ERR_KEY"],
    ["a wrong path", { path: "/", headers: FOREIGN }, "SOCKSCOPE_ERR_PATH"],
    ["a preflight", { method: "OPTIONS", path: pathOf(), headers: FOREIGN }, "SOCKSCOPE_ERR_METHOD"],
  ])("lets every page read the refusal of %s, and when to come back", async (_what, request, code) => {
    const { url } = await startTestIngest({}, [CHAT, KEYED]);
    const answer = await send(url, request);
    expect(codeOf(answer)).toBe(code);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "Retry-After",
    });
    expect(answer.headers).not.toHaveProperty("access-control-allow-credentials");
    expect(answer.body).not.toContain(KEYED.key);
  });

  it("says which method is allowed, also to a preflight", async () => {
    const { url } = await startTestIngest();
    const { status, headers } = await send(url, { method: "OPTIONS", path: pathOf() });
    expect(status).toBe(405);
    expect(headers.allow).toBe("POST");
  });

  it("keeps the connection for the next batch", async () => {
    const { url, state } = await startTestIngest();
    const [first, second] = [batchText(1), batchText(2)];
    const answers = await sendRaw(
      url,
      `${rawHead(`Content-Length: ${first.length}`)}${first}${rawHead(`Content-Length: ${second.length}`, "Connection: close")}${second}`,
    );
    expect(answers.match(/HTTP\/1\.1 204 /g)).toHaveLength(2);
    const accepted = state.series.registry.slotOf(COLLECTOR_BATCHES, { app: "chat", result: "accepted" });
    expect(state.series.registry.values[accepted]).toBe(2);
  });

  it("answers a fault of its own as one, and tells about it", async () => {
    const { url, state, faults } = await startTestIngest();
    const fault = new Error("broken");
    state.sessions.admit = () => {
      throw fault;
    };
    const answer = await send(url, { path: pathOf(), headers: BATCH_HEADERS, body: batchText(1) });
    expect(answer.status).toBe(500);
    expect(codeOf(answer)).toBe("SOCKSCOPE_ERR_INTERNAL");
    expect(answer.body).not.toContain("broken");
    expect(faults).toEqual([fault]);
  });

  it("changes nothing when a batch leads to a slot that does not exist", async () => {
    const { url, state, faults } = await startTestIngest();
    const closes = state.series.reported.families.get(wireName(CLOSES.name)) ?? expect.fail();
    closes.family.firstSlots.fill(state.series.registry.values.length);
    const before = [...state.series.registry.values];
    const lines = [counterLine(seriesOf(FRAMES_RECEIVED, { event: "pong" }), 1), closeLine()];
    const answer = await send(url, {
      path: pathOf(),
      headers: BATCH_HEADERS,
      body: batchText(1, { lines }),
    });
    expect(codeOf(answer)).toBe("SOCKSCOPE_ERR_INTERNAL");
    expect(faults).toEqual([expect.any(RangeError)]);
    expect(state.sessions.size).toBe(0);
    const moved = [...state.series.registry.values].flatMap((value, slot) =>
      value === before[slot] ? [] : [slot],
    );
    expect(moved.sort()).toEqual(
      [
        state.series.registry.slotOf(COLLECTOR_BATCHES, { app: "chat", result: "refused" }),
        state.series.registry.slotOf(COLLECTOR_REFUSALS, { app: "chat", code: "SOCKSCOPE_ERR_INTERNAL" }),
      ].sort(),
    );
  });

  it("counts refusals of requests that carried a batch as batches, and others not", async () => {
    const { url, state } = await startTestIngest();
    await send(url, { path: "/", body: "" });
    await send(url, { path: pathOf(), headers: BATCH_HEADERS, body: "{" });
    const refused = state.series.registry.slotOf(COLLECTOR_BATCHES, { app: "chat", result: "refused" });
    expect(state.series.registry.values[refused]).toBe(1);
  });
});
