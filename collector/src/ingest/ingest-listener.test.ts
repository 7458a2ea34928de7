import { COLLECTOR_BATCHES } from "@sockscope/catalog";
import { MAX_BATCH_BYTES } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { BATCH_HEADERS, batchText, ORIGIN, pathOf } from "../testing/batches.test-support.ts";
import { exchangeRaw, openConnection } from "../testing/raw-connection.test-support.ts";
import { codeOf, send } from "../testing/send.test-support.ts";
import { startSlowBatch } from "../testing/slow-batch.test-support.ts";
import { startTestIngest } from "../testing/start-ingest.test-support.ts";

const QUICK = { headersMs: 50, requestMs: 50, checkMs: 5 };

function rawHead(...headers: readonly string[]): string {
  const lines = [`POST ${pathOf()} HTTP/1.1`, `Origin: ${ORIGIN}`, "Content-Type: text/plain", ...headers];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function padded(bytes: number): string {
  return batchText(1, { counters: [] }).padEnd(bytes, " ");
}

describe("body length", () => {
  it("accepts a body of exactly the limit", async () => {
    const { url } = await startTestIngest();
    const answer = await send(url, { path: pathOf(), headers: BATCH_HEADERS, body: padded(MAX_BATCH_BYTES) });
    expect(answer.status).toBe(204);
  });

  it("refuses a declared length over the limit without waiting for the body", async () => {
    const { url, refusals } = await startTestIngest();
    const answer = await exchangeRaw(url, rawHead(`Content-Length: ${MAX_BATCH_BYTES + 1}`));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/^Connection: close\r$/m);
    expect(answer).toContain("SOCKSCOPE_ERR_BODY_TOO_LARGE");
    expect(refusals("SOCKSCOPE_ERR_BODY_TOO_LARGE")).toBe(1);
  });

  it("refuses a chunked body as soon as it passes the limit, and closes", async () => {
    const { url, refusals } = await startTestIngest();
    const size = MAX_BATCH_BYTES + 1;
    const chunk = `${size.toString(16)}\r\n${padded(size)}\r\n`;
    const answer = await exchangeRaw(url, rawHead("Transfer-Encoding: chunked") + chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(refusals("SOCKSCOPE_ERR_BODY_TOO_LARGE")).toBe(1);
  });
});

describe("slow and broken clients", () => {
  it("answers and counts a body that does not arrive in time", async () => {
    const { url, refusals } = await startTestIngest(QUICK);
    const answer = await exchangeRaw(url, `${rawHead("Content-Length: 100")}{`);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain("SOCKSCOPE_ERR_BODY_TIMEOUT");
    expect(refusals("SOCKSCOPE_ERR_BODY_TIMEOUT")).toBe(1);
  });

  it("answers and counts headers that do not arrive in time", async () => {
    const { url, refusals } = await startTestIngest(QUICK);
    expect(await exchangeRaw(url, "POST /v1/batches/ HTTP/1.1\r\nOrigin:")).toMatch(/^HTTP\/1\.1 408 /);
    expect(refusals("SOCKSCOPE_ERR_BODY_TIMEOUT")).toBe(1);
  });

  it("closes a connection on which nothing was sent without counting it", async () => {
    const { url, refusals } = await startTestIngest(QUICK);
    expect(await exchangeRaw(url, "")).toBe("");
    expect(refusals("SOCKSCOPE_ERR_BODY_TIMEOUT")).toBe(0);
  });

  it.each([
    ["headers over the limit", rawHead(`X-Padding: ${"x".repeat(10_000)}`)],
    ["what is not HTTP", "hello\r\n\r\n"],
    ["an invalid chunk", `${rawHead("Transfer-Encoding: chunked")}zz\r\n`],
    ["two lengths", rawHead("Content-Length: 1", "Transfer-Encoding: chunked")],
  ])("answers and counts %s", async (_what, text) => {
    const { url, refusals } = await startTestIngest();
    const answer = await exchangeRaw(url, text);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain("SOCKSCOPE_ERR_HTTP");
    expect(refusals("SOCKSCOPE_ERR_HTTP")).toBe(1);
  });

  it("refuses an expectation that it cannot meet", async () => {
    const { url, refusals } = await startTestIngest();
    const answer = await exchangeRaw(url, rawHead("Expect: the-impossible", "Content-Length: 1"));
    expect(answer).toContain("SOCKSCOPE_ERR_HTTP");
    expect(refusals("SOCKSCOPE_ERR_HTTP")).toBe(1);
  });

  it("does not keep a batch in flight when its client goes away", async () => {
    const { url, ingest, state, faults } = await startTestIngest();
    const slow = startSlowBatch(url);
    await slow.arrived;
    const drained = ingest.drain();
    slow.abort();
    await drained;
    expect(faults).toEqual([]);
    expect(state.sessions.size).toBe(0);
  });

  it("counts the batch of a client that does not wait for its answer", async () => {
    const { url, state } = await startTestIngest();
    const body = batchText(1);
    openConnection(url).end(`${rawHead(`Content-Length: ${body.length}`, "Connection: close")}${body}`);
    await expect.poll(() => state.sessions.size).toBe(1);
  });
});

describe("answers", () => {
  it("lets pages of the app's origins read the answer and its Retry-After", async () => {
    const { url } = await startTestIngest();
    const { headers } = await send(url, { path: pathOf(), headers: BATCH_HEADERS, body: batchText(1) });
    expect(headers).toMatchObject({
      "access-control-allow-origin": ORIGIN,
      "access-control-expose-headers": "Retry-After",
      vary: "Origin",
    });
  });

  it("lets pages of the app's origins read a refusal", async () => {
    const { url } = await startTestIngest();
    const answer = await send(url, { path: pathOf(), headers: BATCH_HEADERS, body: "{" });
    expect(answer.status).toBe(400);
    expect(answer.headers["access-control-allow-origin"]).toBe(ORIGIN);
  });

  it.each(["https://evil.example", "null", `${ORIGIN}.evil.example`, `${ORIGIN}/`])(
    "lets pages of the origin %s read nothing",
    async (origin) => {
      const { url } = await startTestIngest();
      const answer = await send(url, {
        path: pathOf(),
        headers: { ...BATCH_HEADERS, origin },
        body: batchText(1),
      });
      expect(codeOf(answer)).toBe("SOCKSCOPE_ERR_ORIGIN");
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    },
  );

  it("says which method is allowed, also to a preflight", async () => {
    const { url } = await startTestIngest();
    const { status, headers } = await send(url, { method: "OPTIONS", path: pathOf() });
    expect(status).toBe(405);
    expect(headers.allow).toBe("POST");
  });

  it("keeps the connection for the next batch", async () => {
    const { url, state } = await startTestIngest();
    const [first, second] = [batchText(1), batchText(2)];
    const answers = await exchangeRaw(
      url,
      `${rawHead(`Content-Length: ${first.length}`)}${first}${rawHead(`Content-Length: ${second.length}`, "Connection: close")}${second}`,
    );
    expect(answers.match(/HTTP\/1\.1 204 /g)).toHaveLength(2);
    const accepted = state.registry.slotOf(COLLECTOR_BATCHES, { result: "accepted" });
    expect(state.registry.values[accepted]).toBe(2);
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

  it("counts refusals of requests that carried a batch as batches, and others not", async () => {
    const { url, state } = await startTestIngest();
    await send(url, { path: "/", body: "" });
    await send(url, { path: pathOf(), headers: BATCH_HEADERS, body: "{" });
    const refused = state.registry.slotOf(COLLECTOR_BATCHES, { result: "refused" });
    expect(state.registry.values[refused]).toBe(1);
  });
});
