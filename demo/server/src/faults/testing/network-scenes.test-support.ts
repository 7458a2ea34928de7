import { RTT } from "@sockscope/catalog";
import { wireName } from "@sockscope/catalog/protocol";
import { FAULTS } from "@sockscope/demo/faults";
import { expect } from "vitest";
import { HEARTBEAT_INTERVAL_MS } from "../../sockets/heartbeat.ts";
import { THREAD } from "../../testing/demo.test-support.ts";
import { ask, handshakeStatus, type Scene, works } from "./scene.test-support.ts";

export const CUT_NETWORK: Scene = {
  during: async ({ demo, client, user }) => {
    expect((await client.closed).code).toBe(1006);
    await user.becomes("waiting");
    await expect(fetch(demo.pageUrl)).rejects.toThrow();
  },
  after: async (stage) => {
    await stage.user.becomes("open");
    await works(stage);
  },
};

export const STALL_NETWORK: Scene = {
  during: async ({ faults, user }) => {
    let isOver = false;
    const reply = user.next("typing").then(() => isOver);
    user.socket.send({
      type: "chat_message",
      event: "user_message",
      thread_id: THREAD,
      payload: { text: "Hello?" },
      meta: { message_id: "message-1" },
    });
    // As long as a few requests take, nothing comes.
    for (let requests = 0; requests < 5; requests += 1) await faults.list();
    isOver = true;
    await faults.turnOff("stall_network");
    expect(await reply).toBe(true);
    const trips = user.recorded.get(wireName(RTT.name)) ?? 0;
    await user.measured(() => (user.recorded.get(wireName(RTT.name)) ?? 0) > trips);
  },
};

export const HALF_OPEN: Scene = {
  during: async ({ demo, client }) => {
    client.say("Is anybody there?", "message-1");
    demo.time.advance(HEARTBEAT_INTERVAL_MS);
    demo.time.advance(HEARTBEAT_INTERVAL_MS);
    await demo.time.run(1_000);
    await demo.linesWith({ event: "close", reason: "heartbeat_timeout" });
  },
  after: async (stage) => {
    expect((await stage.client.closed).code).toBe(1006);
    await works(stage);
  },
};

/** As the list has it: longer than the heartbeat's interval, and nobody would ever be idle. */
const IDLE_MS = FAULTS.idle_timeout.parameters.idleSeconds.default * 1000;

export const IDLE_TIMEOUT: Scene = {
  during: async (stage) => {
    const { demo, client } = stage;
    await ask(demo, client, "message-1");
    expect(IDLE_MS).toBeLessThan(HEARTBEAT_INTERVAL_MS);
    demo.time.advance(IDLE_MS);
    expect((await client.closed).code).toBe(1006);
    expect(await handshakeStatus(stage)).toBeUndefined();
  },
};

/** Shorter than a heartbeat takes, so that it alone can have ended a connection. */
const LIFETIME_MS = 20_000;

export const LIFETIME_LIMIT: Scene = {
  values: { lifetimeSeconds: LIFETIME_MS / 1000 },
  during: async (stage) => {
    const { demo, client } = stage;
    await ask(demo, client, "message-1");
    demo.time.advance(LIFETIME_MS);
    expect((await client.closed).code).toBe(1006);
    expect(await handshakeStatus(stage)).toBeUndefined();
  },
};
