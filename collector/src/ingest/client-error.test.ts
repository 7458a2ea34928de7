import { describe, expect, it } from "vitest";
import { batchText, rawHead } from "../testing/batches.test-support.ts";
import { openConnection, sendRaw } from "../testing/raw-connection.test-support.ts";
import { startSlowBatch } from "../testing/slow-batch.test-support.ts";
import { startTestIngest } from "../testing/start-ingest.test-support.ts";

const QUICK = { headersMs: 50, requestMs: 50, checkMs: 5 };

describe("slow and broken clients", () => {
  it("answers and counts a body that does not arrive in time, so that the page can read it", async () => {
    const { url, refusals } = await startTestIngest(QUICK);
    const answer = await sendRaw(url, `${rawHead("Content-Length: 100")}{`);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain("Access-Control-Allow-Origin: *\r\n");
    expect(answer).toContain("SOCKSCOPE_ERR_BODY_TIMEOUT");
    expect(refusals("SOCKSCOPE_ERR_BODY_TIMEOUT")).toBe(1);
  });

  it("answers and counts headers that do not arrive in time", async () => {
    const { url, refusals } = await startTestIngest(QUICK);
    expect(await sendRaw(url, "POST /v1/batches/ HTTP/1.1\r\nOrigin:")).toMatch(/^HTTP\/1\.1 408 /);
    expect(refusals("SOCKSCOPE_ERR_BODY_TIMEOUT")).toBe(1);
  });

  it("closes a connection on which nothing was sent without counting it", async () => {
    const { url, refusals } = await startTestIngest(QUICK);
    expect(await sendRaw(url, "")).toBe("");
    expect(refusals("SOCKSCOPE_ERR_BODY_TIMEOUT")).toBe(0);
  });

  it.each([
    ["headers over the limit", rawHead(`X-Padding: ${"x".repeat(10_000)}`)],
    ["what is not HTTP", "hello\r\n\r\n"],
    ["an invalid chunk", `${rawHead("Transfer-Encoding: chunked")}zz\r\n`],
    ["two lengths", rawHead("Content-Length: 1", "Transfer-Encoding: chunked")],
  ])("answers and counts %s", async (_what, text) => {
    const { url, refusals } = await startTestIngest();
    const answer = await sendRaw(url, text);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain("SOCKSCOPE_ERR_HTTP");
    expect(answer).toContain("Access-Control-Allow-Origin: *\r\n");
    expect(refusals("SOCKSCOPE_ERR_HTTP")).toBe(1);
  });

  it("lets the page read what was wrong with its body", async () => {
    const { url } = await startTestIngest();
    const answer = await sendRaw(url, `${rawHead("Transfer-Encoding: chunked")}zz\r\n`);
    expect(answer).toContain("Access-Control-Allow-Origin: *\r\n");
  });

  it.each([
    ["garbage", "hello\r\n\r\n"],
    ["a broken request", rawHead("Content-Length: zz")],
  ])("answers a batch that is followed by %s", async (_what, junk) => {
    const { url, state } = await startTestIngest();
    const body = batchText(1);
    const answer = await sendRaw(url, `${rawHead(`Content-Length: ${body.length}`)}${body}${junk}`);
    expect(answer).toMatch(/^HTTP\/1\.1 204 /);
    expect(answer).toMatch(/^Connection: close\r$/m);
    expect(state.sessions.size).toBe(1);
  });

  it("does not count a client that goes away in the middle of a request as one that breaks HTTP", async () => {
    const { url, refusals } = await startTestIngest();
    const socket = openConnection(url);
    socket.resume().end(`${rawHead("Content-Length: 100")}{`);
    await new Promise((resolve) => socket.on("close", resolve));
    expect(refusals("SOCKSCOPE_ERR_HTTP")).toBe(0);
  });

  it("refuses and counts a tunnel", async () => {
    const { url, refusals } = await startTestIngest();
    const answer = await sendRaw(url, "CONNECT chat.example:443 HTTP/1.1\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toContain("SOCKSCOPE_ERR_METHOD");
    expect(refusals("SOCKSCOPE_ERR_METHOD")).toBe(1);
  });

  it("closes the connections beyond its limit", async () => {
    const { url } = await startTestIngest({ connections: 1 });
    const first = openConnection(url);
    await new Promise((resolve) => first.on("connect", resolve));
    expect(await sendRaw(url, "").catch((error: NodeJS.ErrnoException) => error.code)).toMatch(
      /^(ECONNRESET)?$/,
    );
  });

  it("cuts a client that asks and asks and reads no answer", async () => {
    const { url } = await startTestIngest({ idleMs: 50 });
    const socket = openConnection(url);
    const questions = `${rawHead("Content-Length: 1")}{`.repeat(500);
    const ask = (): void => {
      while (socket.writable && socket.write(questions));
    };
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket
      .pause()
      .on("error", () => {})
      .on("drain", ask);
    ask();
    await closed;
  });

  it("refuses an expectation that it cannot meet", async () => {
    const { url, refusals } = await startTestIngest();
    const answer = await sendRaw(url, rawHead("Expect: the-impossible", "Content-Length: 1"));
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
