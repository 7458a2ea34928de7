import { once } from "node:events";
import { SERVER_CLOSES } from "@sockscope/catalog";
import { afterEach, describe, expect, it } from "vitest";
import type { DemoOptions } from "../demo-options.ts";
import { HEARTBEAT_INTERVAL_MS } from "../sockets/heartbeat.ts";
import {
  ChatClient,
  login,
  startTestDemo,
  type TestDemo,
  THREAD,
  webSocket,
} from "../testing/demo.test-support.ts";

let demo: TestDemo;
afterEach(async () => {
  const closed = demo.close();
  await demo.time.run(5_000);
  await closed;
});

async function connected(options: Partial<DemoOptions>): Promise<{ client: ChatClient; cookie: string }> {
  demo = await startTestDemo(options);
  const cookie = await login(demo);
  return { client: await ChatClient.connect(demo, cookie), cookie };
}

describe("a client that sends too many frames", () => {
  it("is told once, and closed 1008 when it goes on", async () => {
    const { client } = await connected({
      limits: { frameBurst: 3, framesPerSecond: 1 },
      now: () => 1_700_000_000_000,
    });
    for (let id = 0; id < 6; id += 1) client.send({ type: "ping", id });
    expect(await client.until("error")).toMatchObject({ payload: { code: "too_many_messages" } });
    client.send({ type: "ping", id: 7 });
    expect(await client.closed).toEqual({ code: 1008, reason: "rate_limited" });
  });
});

describe("a message", () => {
  it("is refused by name when it is too long", async () => {
    const { client } = await connected({});
    await client.hello();
    // As text: the client would not send what is not as the contract says.
    client.send(
      JSON.stringify({
        type: "chat_message",
        event: "user_message",
        thread_id: THREAD,
        payload: { text: "x".repeat(5_000) },
        meta: { message_id: "message-1" },
      }),
    );
    expect(await client.next("error")).toMatchObject({
      payload: { code: "message_too_long" },
      meta: { in_reply_to: "message-1" },
    });
  });
});

describe("a connection", () => {
  it("may say hello to so many threads, and again to those", async () => {
    const { client } = await connected({ limits: { maxThreadsPerConnection: 1 } });
    await client.hello();
    client.send({ type: "client_hello", thread_id: "00000000-0000-4000-8000-000000000000" });
    expect(await client.next("error")).toMatchObject({ payload: { code: "too_many_messages" } });
    await client.hello(THREAD);
  });

  it("is told to come back later when there are too many of all users", async () => {
    const { client } = await connected({ limits: { maxConnections: 1 } });
    const other = await ChatClient.connect(demo, await login(demo));
    expect(await other.closed).toEqual({ code: 1013, reason: "overload retry_after_ms=10000" });
    await client.hello();
  });

  it("makes room when its user has too many newer ones", async () => {
    const { client, cookie } = await connected({ limits: { maxConnectionsPerUser: 1 } });
    const other = await ChatClient.connect(demo, await login(demo));
    const newer = await ChatClient.connect(demo, cookie);
    expect(await client.closed).toEqual({ code: 1008, reason: "rate_limited" });
    await newer.hello();
    await other.hello();
  });

  it("from a page of another origin is accepted when that is listed", async () => {
    const { cookie } = await connected({ allowedOrigins: ["https://chat.example"] });
    const socket = webSocket(demo, "/ws", { cookie, origin: "https://chat.example" });
    await once(socket, "open");
    socket.terminate();
  });
});

describe("a peer that is asked whether it is there", () => {
  it("stays when it answers", async () => {
    const { client } = await connected({});
    for (let beats = 0; beats < 3; beats += 1) {
      demo.time.advance(HEARTBEAT_INTERVAL_MS);
      await client.rest();
    }
  });

  it("is closed 3008, and ended soon after, when it does not", async () => {
    const { client } = await connected({});
    client.freeze();
    demo.time.advance(HEARTBEAT_INTERVAL_MS);
    demo.time.advance(HEARTBEAT_INTERVAL_MS);
    const closed = demo.linesWith({ event: "close", code: 3008, reason: "heartbeat_timeout" });
    demo.time.advance(1_000);
    await closed;
    const metrics = await (await fetch(`${demo.metricsUrl}/metrics`)).text();
    expect(metrics).toContain(`${SERVER_CLOSES.name}{app="chat",code="3008",reason="heartbeat_timeout"} 1`);
  });
});
