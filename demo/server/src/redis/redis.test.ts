import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DemoOptions } from "../demo-options.ts";
import {
  ChatClient,
  login,
  passUntil,
  startTestDemo,
  type TestDemo,
  THINK_TIME_MS,
} from "../testing/demo.test-support.ts";
import { startRedis, type TestRedis } from "../testing/redis-server.test-support.ts";

const SWEEP_MS = 5_000;
const FAULT_MS = 3_000;
/** Later than any lease of what began a moment ago. */
const LATER_MS = 60_000;

let redis: TestRedis;
let demos: TestDemo[];
beforeEach(async () => {
  redis = await startRedis();
  demos = [];
});
afterEach(async () => {
  for (const demo of demos) await stopped(demo);
  await redis.close();
});

async function stopped(demo: TestDemo): Promise<void> {
  demos = demos.filter((other) => other !== demo);
  await demo.close();
}

/** A process of the chat with somebody in it. */
async function process(options: Partial<DemoOptions> = {}): Promise<{ demo: TestDemo; client: ChatClient }> {
  const demo = await startTestDemo({ redisUrl: redis.url, ...options });
  demos.push(demo);
  return { demo, client: await ChatClient.connect(demo, await login(demo)) };
}

async function health(demo: TestDemo): Promise<string> {
  return ((await (await fetch(`${demo.metricsUrl}/healthz`)).json()) as { redis: string }).redis;
}

describe("processes that share a Redis", () => {
  it("tell each other what is said in a thread, once", async () => {
    const [one, other] = [await process(), await process()];
    await one.client.hello();
    await other.client.hello();
    // A subscription takes a moment; what was missed, a rehydration would tell.
    await other.client.rest();
    one.client.say("Hello?", "message-1");
    await other.client.until("typing");
    await passUntil(one.demo, one.client.until("assistant_message"));
    expect(await other.client.until("assistant_message")).toMatchObject({
      meta: { in_reply_to: "message-1" },
    });
    expect(await other.client.count("assistant_message")).toBe(0);
  });

  it("have the same threads, and answer a message once that comes to both", async () => {
    const [one, other] = [await process(), await process()];
    await one.client.hello();
    one.client.say("Hello?", "message-1");
    await one.client.until("typing");
    expect(await other.client.hello()).toMatchObject({
      recent_turns: [{ message_id: "message-1" }],
      pending_replies: [{ in_reply_to: "message-1", text: "", next_index: 0 }],
    });
    other.client.say("Hello?", "message-1");
    expect(await other.client.count("typing")).toBe(0);
  });

  it("go on with a reply at once when its process stops, and it arrives once", async () => {
    const [one, other] = [await process(), await process()];
    await one.client.hello();
    await other.client.hello();
    one.client.say("What does 4401 mean?", "message-1");
    await one.client.until("typing");
    await stopped(one.demo);
    other.demo.time.advance(SWEEP_MS);
    await passUntil(other.demo, other.client.until("assistant_message"));
    expect(await other.client.count("assistant_message")).toBe(0);
    expect(await other.client.hello()).toMatchObject({ turn_count: 2, pending_replies: [] });
  });

  it("leave a reply to whoever took it over from a process that was gone, when that comes back", async () => {
    const one = await process();
    await one.client.hello();
    one.client.say("Hello?", "message-1");
    await one.client.until("typing");
    // Nothing happens in the first process any more, for longer than its lease.
    const other = await process({ now: () => Date.now() + LATER_MS });
    await other.client.hello();
    other.demo.time.advance(SWEEP_MS);
    await passUntil(other.demo, other.client.until("assistant_message"));
    await one.demo.time.run(THINK_TIME_MS);
    expect(await one.client.count("assistant_message")).toBe(1);
    expect(await other.client.count("assistant_message")).toBe(0);
    expect(await other.client.hello()).toMatchObject({ turn_count: 2, pending_replies: [] });
  });
});

describe("a Redis that goes away", () => {
  it("is missed once, and what was said meanwhile is shared when it is back", async () => {
    const one = await process();
    await one.client.hello();
    await redis.kill();
    await one.demo.linesWith({ event: "redis_gone" });
    one.client.say("Hello?", "message-1");
    await passUntil(one.demo, one.client.until("assistant_message"));
    expect(await health(one.demo)).toBe("down");
    await redis.start();
    await one.demo.linesWith({ event: "redis_back" });
    const events = one.demo.lines.map((line) => (line as { event: string }).event);
    expect(events.filter((event) => event === "redis_gone")).toHaveLength(1);
    const other = await process();
    let turns = 0;
    while (turns < 2) turns = (await other.client.hello()).turn_count;
    one.client.say("And now?", "message-2");
    await other.client.until("typing");
  });

  it("does not keep a process from serving its own while it is silent", async () => {
    const one = await process();
    await one.client.hello();
    redis.pause(true);
    one.client.say("Hello?", "message-1");
    await passUntil(one.demo, one.client.until("assistant_message"));
    redis.pause(false);
    one.demo.time.advance(SWEEP_MS);
    const other = await process();
    let turns = 0;
    while (turns < 2) turns = (await other.client.hello()).turn_count;
    expect(await one.client.count("assistant_message")).toBe(0);
  });

  it("does not keep a chat from starting", async () => {
    await redis.kill();
    const demo = await startTestDemo({ redisUrl: redis.url });
    demos.push(demo);
    const client = await ChatClient.connect(demo, await login(demo));
    client.send({ type: "client_hello", thread_id: "00000000-0000-4000-8000-000000000000" });
    expect(await client.next("error")).toMatchObject({ payload: { code: "internal" } });
    await redis.start();
    await demo.linesWith({ event: "redis_back" });
    await client.hello();
  });

  it("keeps no answer for good from members in a process that lost it for a moment", async () => {
    const [one, other] = [await process(), await process()];
    await one.client.hello();
    await other.client.hello();
    await other.client.rest();
    one.client.say("Hello?", "message-1");
    await other.client.until("typing");
    // Of the other process only.
    await fetch(`${other.demo.metricsUrl}/faults/stop_redis`, { method: "POST", body: '{"seconds":3}' });
    await other.demo.linesWith({ event: "redis_gone" });
    await passUntil(one.demo, one.client.until("assistant_message"));
    other.demo.time.advance(FAULT_MS);
    await other.demo.linesWith({ event: "redis_back" });
    expect(await other.client.until("rehydration")).toMatchObject({ turn_count: 2, pending_replies: [] });
    expect(await other.client.next("typing")).toMatchObject({ value: false });
  });

  it("keeps no answer for good from members elsewhere when only the process that writes it lost it", async () => {
    const [one, other] = [await process(), await process()];
    await one.client.hello();
    await other.client.hello();
    await other.client.rest();
    one.client.say("Hello?", "message-1");
    await other.client.until("typing");
    await fetch(`${one.demo.metricsUrl}/faults/stop_redis`, { method: "POST", body: '{"seconds":3}' });
    await one.demo.linesWith({ event: "redis_gone" });
    await passUntil(one.demo, one.client.until("assistant_message"));
    one.demo.time.advance(FAULT_MS);
    let turns = 0;
    while (turns < 2)
      turns = ((await other.client.until("rehydration")) as { turn_count: number } & object).turn_count;
  });

  it("is missed when it hangs, however much is written to it, and found again when it answers", async () => {
    const one = await process();
    await one.client.hello();
    redis.pause(true);
    one.client.say("Hello?", "message-1");
    await one.demo.linesWith({ event: "redis_gone", message: "Redis has not answered for 1000 ms" });
    expect(await health(one.demo)).toBe("down");
    redis.pause(false);
    await one.demo.linesWith({ event: "redis_back" });
  });

  it("does not keep a process from stopping while it hangs, however many threads it has not been told of", async () => {
    const one = await process();
    for (let index = 0; index < 20; index += 1) {
      const threadId = `00000000-0000-4000-8000-0000000000${10 + index}`;
      await one.client.hello(threadId);
      one.client.say("Hello?", "message-1", threadId);
      await one.client.until("typing");
    }
    redis.pause(true);
    await stopped(one.demo);
    expect(one.demo.lines).toContainEqual({ event: "threads_not_stored", threads: 20 });
    redis.pause(false);
  });
});

describe("a Redis that is full", () => {
  it("is told of once, counts as degraded, and is given what it refused when there is room", async () => {
    const one = await process();
    await one.client.hello();
    await redis.fill(true);
    one.client.say("Hello?", "message-1");
    await passUntil(one.demo, one.client.until("assistant_message"));
    expect(await (await fetch(`${one.demo.metricsUrl}/healthz`)).json()).toEqual({
      status: "degraded",
      redis: "up",
    });
    expect(one.demo.lines.filter((line) => "event" in line && line.event === "redis_refuses")).toHaveLength(
      1,
    );
    await redis.fill(false);
    one.demo.time.advance(SWEEP_MS);
    await one.demo.linesWith({ event: "redis_stores_again" });
    const other = await process();
    expect(await other.client.hello()).toMatchObject({ turn_count: 2 });
  });
});
