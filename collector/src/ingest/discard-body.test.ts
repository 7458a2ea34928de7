import { MAX_BATCH_BYTES } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { BATCH_HEADERS, batchText, pathOf, rawHead } from "../testing/batches.test-support.ts";
import { openConnection, sendRaw } from "../testing/raw-connection.test-support.ts";
import { send } from "../testing/send.test-support.ts";
import { startTestIngest } from "../testing/start-ingest.test-support.ts";
import { INGEST_LIMITS } from "./ingest-limits.ts";

const QUICK = { headersMs: 50, requestMs: 50, checkMs: 5 };

describe("the rest of a refused request", () => {
  it("takes the rest of a refused body, so that a client that is still sending sees the answer", async () => {
    const { url, refusals } = await startTestIngest({ discardMs: INGEST_LIMITS.discardMs });
    const half = " ".repeat(100_000);
    const socket = openConnection(url).pause();
    const written = (text: string) => new Promise((resolve) => socket.write(text, resolve));
    await written(`${rawHead("Content-Length: 200000")}${half}`);
    await expect.poll(() => refusals("SOCKSCOPE_ERR_BODY_TOO_LARGE")).toBe(1);
    await written(half.slice(1));
    await written(" ");
    const answer = new Promise<string>((resolve, reject) => {
      let received = "";
      socket.setEncoding("utf8").on("data", (chunk) => {
        received += chunk;
      });
      socket
        .on("error", reject)
        .on("close", () => resolve(received))
        .resume();
    });
    expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("does not read a refused body without end", async () => {
    const { url } = await startTestIngest();
    const socket = openConnection(url);
    const chunk = " ".repeat(65_536);
    socket.on("error", () => {}).on("drain", () => socket.write(chunk));
    const closed = new Promise((resolve) => socket.resume().on("close", resolve));
    socket.write(rawHead(`Content-Length: ${Number.MAX_SAFE_INTEGER}`));
    socket.write(chunk);
    await closed;
  });

  it("is idle again after it has refused a broken body", async () => {
    const { url, ingest } = await startTestIngest();
    await sendRaw(url, `${rawHead("Transfer-Encoding: chunked")}zz\r\n`);
    await ingest.drain();
    expect((await send(url, { path: pathOf(), headers: BATCH_HEADERS, body: "" })).status).toBe(503);
  });

  it("refuses before it asks for the body of a client that waits to be asked", async () => {
    const { url } = await startTestIngest();
    const head = rawHead("Expect: 100-continue", `Content-Length: ${MAX_BATCH_BYTES + 1}`);
    expect(await sendRaw(url, head)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("answers once when a body that came too late is completed after all", async () => {
    const limits = { ...QUICK, discardMs: INGEST_LIMITS.discardMs };
    const { url, state, refusals } = await startTestIngest(limits);
    const body = batchText(1);
    const socket = openConnection(url);
    const answers = new Promise<string>((resolve) => {
      let received = "";
      socket.setEncoding("utf8").on("data", (chunk) => {
        if (received === "") socket.write(body);
        received += chunk;
      });
      socket.on("close", () => resolve(received));
    });
    socket.write(rawHead(`Content-Length: ${body.length}`));
    expect((await answers).match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 408"]);
    expect(refusals("SOCKSCOPE_ERR_BODY_TIMEOUT")).toBe(1);
    expect(state.sessions.size).toBe(0);
  });
});
