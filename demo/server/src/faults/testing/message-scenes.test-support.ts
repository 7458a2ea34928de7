import { DUPLICATES_DROPPED, REPLY_LATENCY } from "@sockscope/catalog";
import { wireName } from "@sockscope/catalog/protocol";
import { expect } from "vitest";
import { ChatClient, passUntil, THREAD } from "../../testing/demo.test-support.ts";
import type { Scene, Stage } from "./scene.test-support.ts";

/** Has the user with the SDK say something, and the time pass until it is answered. */
async function answered({ demo, client }: Stage, messageId: string): Promise<void> {
  client.say("Hello?", messageId);
  await client.until("typing");
  await demo.time.run(2_000);
}

export const DELAY_MESSAGES: Scene = {
  values: { delayMs: 5_000 },
  during: async (stage) => {
    const { client, demo, user } = stage;
    await answered(stage, "message-1");
    expect((await client.rest()).join()).not.toContain("assistant_message");
    const shown = user.next("assistant_message");
    demo.time.advance(5_000);
    await client.until("assistant_message");
    await shown;
  },
};

export const LOSE_MESSAGES: Scene = {
  during: async (stage) => {
    const { client, demo, cookie } = stage;
    await answered(stage, "message-1");
    expect((await client.rest()).join()).not.toContain("assistant_message");
    const next = await ChatClient.connect(demo, cookie);
    expect((await next.hello()).recent_turns).toHaveLength(2);
  },
};

export const DUPLICATE_MESSAGES: Scene = {
  during: async (stage) => {
    const { client, user } = stage;
    const shown: unknown[] = [];
    user.socket.on("message", ({ data }) => String(data).includes("assistant_message") && shown.push(data));
    await answered(stage, "message-1");
    expect((await client.rest()).filter((text) => text.includes("assistant_message"))).toHaveLength(2);
    await user.measured(() => user.recorded.has(wireName(DUPLICATES_DROPPED.name)));
    expect(shown).toHaveLength(1);
  },
};

/** Has the page with the SDK say something, and see the answer. */
async function seen({ demo, user }: Stage, messageId: string): Promise<string> {
  const answer = user.next("assistant_message");
  user.socket.send({
    type: "chat_message",
    event: "user_message",
    thread_id: THREAD,
    payload: { text: "Hello?" },
    meta: { message_id: messageId },
  });
  return passUntil(demo, answer);
}

const REPLY_LATENCIES = wireName(REPLY_LATENCY.name);

export const OMIT_IN_REPLY_TO: Scene = {
  before: async ({ client }) => {
    client.takesBrokenFrames = true;
  },
  during: async (stage) => {
    const { meta } = JSON.parse(await seen(stage, "message-1"));
    expect(meta).not.toHaveProperty("in_reply_to");
    expect(meta).toHaveProperty("queued_message_id");
  },
  after: async (stage) => {
    await seen(stage, "message-2");
    expect(stage.user.recorded.get(REPLY_LATENCIES)).toBe(1);
  },
};
