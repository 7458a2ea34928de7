import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ChatClient,
  login,
  startTestDemo,
  type TestDemo,
  THINK_TIME_MS,
} from "../testing/demo.test-support.ts";

let demo: TestDemo;
beforeEach(async () => {
  demo = await startTestDemo();
});
afterEach(() => demo.close());

interface Delta {
  readonly payload: { readonly text: string };
  readonly meta: { readonly in_reply_to: string; readonly index: number };
}

describe("a long answer", () => {
  it("comes in pieces that name their message and their place, and then as a whole", async () => {
    const client = await ChatClient.connect(demo, await login(demo));
    await client.hello();
    client.say("What does 4401 mean?", "message-1");
    await client.next("typing");
    await demo.time.run(THINK_TIME_MS);
    const frames = (await client.rest()).map((text) => JSON.parse(text));
    const whole = frames.find(({ event }) => event === "assistant_message");
    const deltas: Delta[] = frames.filter(({ event }) => event === "assistant_delta");
    expect(deltas.map(({ meta }) => [meta.in_reply_to, meta.index])).toEqual(
      deltas.map((_, index) => ["message-1", index]),
    );
    expect(deltas.length).toBeGreaterThan(2);
    expect(deltas.map(({ payload }) => payload.text).join("")).toBe(whole.payload.text);
    expect(frames.indexOf(whole)).toBeGreaterThan(frames.indexOf(deltas.at(-1)));
  });

  it("is in a rehydration as far as it came, and goes on from there", async () => {
    const cookie = await login(demo);
    const client = await ChatClient.connect(demo, cookie);
    await client.hello();
    client.say("What does 4401 mean?", "message-1");
    await client.next("typing");
    demo.time.advance(THINK_TIME_MS);
    const first = (await client.next("assistant_delta")) as unknown as Delta;
    client.close();
    const next = await ChatClient.connect(demo, cookie);
    const { pending_replies } = await next.hello();
    expect(pending_replies).toEqual([{ in_reply_to: "message-1", text: first.payload.text, next_index: 1 }]);
    await demo.time.run(THINK_TIME_MS);
    expect(await next.next("assistant_delta")).toMatchObject({ meta: { index: 1 } });
    await next.until("assistant_message");
  });
});
