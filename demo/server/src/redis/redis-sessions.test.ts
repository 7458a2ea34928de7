import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DemoOptions } from "../demo-options.ts";
import { ChatClient, login, post, startTestDemo, type TestDemo } from "../testing/demo.test-support.ts";
import { startRedis, type TestRedis } from "../testing/redis-server.test-support.ts";

const LIFETIME_MS = 900_000;

let redis: TestRedis;
let stateDir: string;
let demos: TestDemo[];
beforeEach(async () => {
  redis = await startRedis();
  stateDir = mkdtempSync(join(tmpdir(), "sockscope-state-"));
  demos = [];
});
afterEach(async () => {
  for (const demo of demos) await demo.close();
  await redis.close();
  rmSync(stateDir, { recursive: true });
});

async function started(options: Partial<DemoOptions> = {}): Promise<TestDemo> {
  const demo = await startTestDemo({ redisUrl: redis.url, stateDir, ...options });
  demos.push(demo);
  return demo;
}

describe("processes that share a Redis and a state directory", () => {
  it("let a user out of all of them who signs out of one", async () => {
    const [one, other] = [await started(), await started()];
    const cookie = await login(one);
    const client = await ChatClient.connect(other, cookie);
    await client.hello();
    await post(one, "/session/sign-out", cookie);
    expect(await client.closed).toEqual({ code: 4401, reason: "authentication_required" });
    expect((await (await ChatClient.connect(other, cookie)).closed).code).toBe(4401);
    expect((await post(other, "/session/renew", cookie)).status).toBe(401);
  });

  it("let a user out of a process that was without Redis at that moment, as soon as it is back", async () => {
    const [one, other] = [await started(), await started()];
    const cookie = await login(one);
    const client = await ChatClient.connect(other, cookie);
    await redis.kill();
    await one.linesWith({ event: "redis_gone" });
    await other.linesWith({ event: "redis_gone" });
    await post(one, "/session/sign-out", cookie);
    await redis.start();
    expect(await client.closed).toEqual({ code: 4401, reason: "authentication_required" });
  });

  it("keep the connections of a session that one of them renews", async () => {
    let nowMs = Date.now();
    const now = (): number => nowMs;
    const [one, other] = [await started({ now }), await started({ now })];
    const cookie = await login(one);
    const here = await ChatClient.connect(one, cookie);
    const client = await ChatClient.connect(other, cookie);
    nowMs += LIFETIME_MS / 2;
    await post(one, "/session/renew", cookie);
    // Whoever renewed tells Redis in the order of what happens: what is said after it, arrives after it.
    await here.hello();
    await client.hello();
    here.say("Hello?", "message-1");
    await client.until("typing");
    other.time.advance(LIFETIME_MS - 1);
    await client.rest();
  });

  it("take a token of a key that one of them made before another made one", async () => {
    const [one, other] = [await started(), await started()];
    one.rotateKeys();
    const cookie = await login(one);
    other.rotateKeys();
    await login(other);
    for (const demo of [one, other]) await (await ChatClient.connect(demo, cookie)).hello();
  });
});

describe("a Redis without a state directory", () => {
  it("is warned of, since sessions end with the process all the same", async () => {
    const demo = await startTestDemo({ redisUrl: redis.url });
    demos.push(demo);
    expect(demo.lines).toContainEqual(expect.objectContaining({ event: "sessions_not_kept" }));
    expect((await started()).lines).toEqual([]);
  });
});
