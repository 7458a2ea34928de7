import { expect } from "vitest";
import { ChatClient, THREAD } from "../../testing/demo.test-support.ts";
import { ask, handshakeStatus, type Scene } from "./scene.test-support.ts";

/** A thread that no process has seen. */
const UNKNOWN_THREAD = "1c0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a33";

export const CONSUMER_ERROR: Scene = {
  during: async ({ client }) => {
    client.say("Hello?", "message-1");
    expect(await client.closed).toEqual({ code: 1011, reason: "internal_error" });
  },
};

export const OVERLOAD: Scene = {
  values: { retryAfterMs: 7_000 },
  during: async ({ demo, cookie, client }) => {
    expect(await client.closed).toEqual({ code: 1013, reason: "overload retry_after_ms=7000" });
    const again = await ChatClient.connect(demo, cookie);
    expect(await again.closed).toMatchObject({ code: 1013 });
  },
};

export const RESTART: Scene = {
  before: async ({ client }) => {
    client.say("Hello?", "message-1");
    await client.until("typing");
  },
  during: async (stage) => {
    const { client, demo } = stage;
    expect(await client.closed).toEqual({
      code: 1012,
      reason: expect.stringMatching(/^restart retry_after_ms=\d+$/),
    });
    expect(await handshakeStatus(stage)).toBe(503);
    expect((await fetch(demo.pageUrl)).status).toBe(200);
  },
  after: async ({ demo, cookie }) => {
    const client = await ChatClient.connect(demo, cookie);
    const { pending_replies, recent_turns } = await client.hello();
    expect(recent_turns).toHaveLength(1);
    expect(pending_replies).toHaveLength(1);
    await demo.time.run(2_000);
    expect(await client.until("assistant_message")).toMatchObject({ meta: { in_reply_to: "message-1" } });
    expect((await client.rest()).filter((text) => text.includes("assistant_message"))).toEqual([]);
  },
};

export const SLOW_CONSUMER: Scene = {
  values: { bufferedBytes: 1 },
  during: async ({ demo, faults, client }) => {
    // What the server says waits in its memory, and what it says then is too much.
    for (const id of ["message-1", "message-2", "message-3"]) client.say("Hello?", id);
    let isClosed = false;
    const closed = demo.linesWith({ event: "close", reason: "slow_consumer" }).then(() => {
      isClosed = true;
    });
    while (!isClosed) {
      await faults.list();
      await demo.time.run(1_000);
    }
    await closed;
    expect((await client.closed).code).toBe(1006);
  },
};

export const STOP_REDIS: Scene = {
  needsRedis: true,
  during: async ({ demo, client, cookie }) => {
    await demo.linesWith({ event: "redis_gone" });
    expect(await (await fetch(`${demo.metricsUrl}/healthz`)).json()).toEqual({
      status: "degraded",
      redis: "down",
    });
    await ask(demo, client, "message-1");
    const other = await ChatClient.connect(demo, cookie);
    other.send({ type: "client_hello", thread_id: UNKNOWN_THREAD });
    expect(await other.next("error")).toMatchObject({ payload: { code: "internal" } });
    expect((await other.hello(THREAD)).recent_turns).toHaveLength(2);
  },
  after: async ({ demo, client }) => {
    await demo.linesWith({ event: "redis_back" });
    await ask(demo, client, "message-2");
  },
};
