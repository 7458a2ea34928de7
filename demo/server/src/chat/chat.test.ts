import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ChatClient,
  login,
  startTestDemo,
  type TestDemo,
  THINK_TIME_MS,
  THREAD,
} from "../testing/demo.test-support.ts";

const OTHER_THREAD = "00000000-0000-4000-8000-000000000000";

let demo: TestDemo;
beforeEach(async () => {
  demo = await startTestDemo();
});
afterEach(() => demo.close());

async function loggedIn(): Promise<{ client: ChatClient; cookie: string }> {
  const cookie = await login(demo);
  return { client: await ChatClient.connect(demo, cookie), cookie };
}

describe("a conversation", () => {
  it("starts with an empty rehydration when the thread is new", async () => {
    const { client } = await loggedIn();
    expect(await client.hello()).toMatchObject({ thread_id: THREAD, turn_count: 0, recent_turns: [] });
  });

  it("answers a message with typing, a reply that names the message, and the end of typing", async () => {
    const { client } = await loggedIn();
    await client.hello();
    client.say("Hello?", "message-1");
    expect(await client.next("typing")).toMatchObject({ value: true });
    demo.time.advance(THINK_TIME_MS);
    expect(await client.next("assistant_message")).toMatchObject({
      thread_id: THREAD,
      meta: {
        in_reply_to: "message-1",
        queued_message_id: expect.any(String),
        traces: { correlation_id: expect.any(String) },
        sent_at: expect.any(Number),
      },
    });
    expect(await client.next("typing")).toMatchObject({ value: false });
  });

  it("is rehydrated on the next connection", async () => {
    const { client, cookie } = await loggedIn();
    await client.hello();
    client.say("Hello?", "message-1");
    await client.next("typing");
    demo.time.advance(THINK_TIME_MS);
    client.close();
    const next = await ChatClient.connect(demo, cookie);
    expect(await next.hello()).toMatchObject({
      turn_count: 2,
      recent_turns: [
        { role: "user", text: "Hello?", message_id: "message-1" },
        { role: "assistant", text: expect.any(String), message_id: expect.any(String) },
      ],
    });
  });

  it("tells whoever comes back which answers are still to come", async () => {
    const { client, cookie } = await loggedIn();
    await client.hello();
    client.say("Hello?", "message-1");
    client.say("Anybody?", "message-2");
    await client.next("typing");
    await client.next("typing");
    client.close();
    const next = await ChatClient.connect(demo, cookie);
    const pending = (in_reply_to: string) => ({ in_reply_to, text: "", next_index: 0 });
    expect(await next.hello()).toMatchObject({
      pending_replies: [pending("message-1"), pending("message-2")],
    });
    demo.time.advance(THINK_TIME_MS);
    await next.next("assistant_message");
    await next.rest();
    expect(await next.hello()).toMatchObject({ turn_count: 4, pending_replies: [] });
  });

  it("reaches every connection of its thread and none of another", async () => {
    const { client, cookie } = await loggedIn();
    const sameThread = await ChatClient.connect(demo, cookie);
    const otherThread = await ChatClient.connect(demo, cookie);
    await client.hello();
    await sameThread.hello();
    await otherThread.hello(OTHER_THREAD);
    client.say("Hello?", "message-1");
    await sameThread.next("typing");
    demo.time.advance(THINK_TIME_MS);
    expect(await sameThread.next("assistant_message")).toMatchObject({ meta: { in_reply_to: "message-1" } });
    expect(await otherThread.rest()).toEqual([]);
  });

  it("answers a message once when it is sent twice", async () => {
    const { client } = await loggedIn();
    await client.hello();
    client.say("Hello?", "message-1");
    client.say("Hello?", "message-1");
    await client.next("typing");
    expect(await client.rest()).toEqual([]);
    demo.time.advance(THINK_TIME_MS);
    await client.next("assistant_message");
    await client.next("typing");
    expect(await client.rest()).toEqual([]);
  });

  it("refuses a message of a thread that the connection has not joined", async () => {
    const { client } = await loggedIn();
    client.say("Hello?", "message-1");
    expect(await client.next("error")).toMatchObject({
      payload: { code: "wrong_thread", message: expect.stringContaining("hello") },
      thread_id: "",
      meta: { in_reply_to: "message-1" },
    });
  });

  it("refuses more messages than may wait for a reply", async () => {
    const { client } = await loggedIn();
    await client.hello();
    for (let i = 0; i < 9; i += 1) client.say("Hello?", `message-${i}`);
    for (let i = 0; i < 8; i += 1) await client.next("typing");
    expect(await client.next("error")).toMatchObject({
      payload: { code: "too_many_messages" },
      thread_id: THREAD,
      meta: { in_reply_to: "message-8" },
    });
  });

  it("refuses a thread more than a user may begin in a minute, whatever connection it comes over", async () => {
    const limited = await startTestDemo({ limits: { newThreadsPerMinute: 1 } });
    const cookie = await login(limited);
    const [one, other] = [
      await ChatClient.connect(limited, cookie),
      await ChatClient.connect(limited, cookie),
    ];
    await one.hello();
    one.say("Hello?", "message-1");
    await one.next("typing");
    await other.hello(OTHER_THREAD);
    other.say("Hello?", "message-2", OTHER_THREAD);
    expect(await other.next("error")).toMatchObject({
      payload: { code: "too_many_messages" },
      meta: { in_reply_to: "message-2" },
    });
    one.say("And now?", "message-3");
    await one.next("typing");
    await limited.close();
  });

  it("stores and passes on of a message what the contract names, and nothing else", async () => {
    const { client, cookie } = await loggedIn();
    await client.hello();
    client.send(
      `{"type":"chat_message","event":"user_message","thread_id":"${THREAD}","role":"assistant","__proto__":{"polluted":true},"payload":{"text":"Hello?","html":"<b>"},"meta":{"message_id":"message-1","constructor":{"prototype":{"polluted":true}}}}`,
    );
    await client.next("typing");
    const next = await ChatClient.connect(demo, cookie);
    const { recent_turns } = await next.hello();
    expect(recent_turns).toEqual([{ role: "user", text: "Hello?", message_id: "message-1" }]);
    expect({}).not.toHaveProperty("polluted");
  });

  it("notes a verdict", async () => {
    const { client } = await loggedIn();
    client.send({ type: "feedback", thread_id: THREAD, message_id: "message-1", verdict: "helpful" });
    expect(await client.next("feedback_noted")).toMatchObject({ message_id: "message-1" });
  });

  it("answers a ping with the server's time", async () => {
    const { client } = await loggedIn();
    client.send({ type: "ping", id: 7 });
    expect(await client.next("pong")).toMatchObject({ id: 7, server_time: expect.any(Number) });
  });
});

describe("a frame that is none", () => {
  it.each([
    ["no JSON", "hello"],
    ["no object", "null"],
    ["an unknown type", '{"type":"sudo"}'],
    ["a thread that is no UUID", '{"type":"client_hello","thread_id":"1"}'],
    [
      "an empty message",
      `{"type":"chat_message","event":"user_message","thread_id":"${THREAD}","payload":{"text":" "},"meta":{"message_id":"m"}}`,
    ],
  ])("is answered with an error, and the connection goes on, when it is %s", async (_, text) => {
    const { client } = await loggedIn();
    client.send(text);
    expect(await client.next("error")).toMatchObject({ type: "chat_error" });
    await client.hello();
  });

  it("closes the connection 1003 when it is binary", async () => {
    const { client } = await loggedIn();
    client.send(Buffer.from([1, 2, 3]));
    expect(await client.closed).toEqual({ code: 1003, reason: "unsupported_data" });
  });

  it("closes the connection 1009 when it is too long", async () => {
    const { client } = await loggedIn();
    client.send("x".repeat(40_000));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });
});
