import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ChatClient, login, startTestDemo, THINK_TIME_MS } from "../testing/demo.test-support.ts";

const WRITE_DELAY_MS = 100;

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "sockscope-state-"));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

describe("a chat that is started again with its state", () => {
  it("knows its users, and answers once what it had not", async () => {
    const before = await startTestDemo({ stateDir });
    const cookie = await login(before);
    const client = await ChatClient.connect(before, cookie);
    await client.hello();
    client.say("What does 4401 mean?", "message-1");
    await client.until("typing");
    before.time.advance(THINK_TIME_MS);
    const piece = (await client.until("assistant_delta")) as unknown as { payload: { text: string } };
    await before.close();
    expect(await client.closed).toEqual({ code: 1012, reason: expect.stringContaining("restart ") });

    const after = await startTestDemo({ stateDir });
    const next = await ChatClient.connect(after, cookie);
    const { recent_turns, pending_replies } = await next.hello();
    expect(recent_turns).toMatchObject([{ message_id: "message-1" }]);
    expect(pending_replies).toEqual([{ in_reply_to: "message-1", text: piece.payload.text, next_index: 1 }]);
    await after.time.run(THINK_TIME_MS);
    expect(await next.count("assistant_message")).toBe(1);
    expect(await next.hello()).toMatchObject({ turn_count: 2, pending_replies: [] });
    await after.close();
  });

  it("has what was written a moment before a crash", async () => {
    const before = await startTestDemo({ stateDir });
    const cookie = await login(before);
    const client = await ChatClient.connect(before, cookie);
    await client.hello();
    client.say("Hello?", "message-1");
    await client.until("typing");
    before.time.advance(WRITE_DELAY_MS);
    // The first one does nothing any more, as if it were gone.
    const after = await startTestDemo({ stateDir });
    const next = await ChatClient.connect(after, cookie);
    await next.hello();
    await after.time.run(THINK_TIME_MS);
    expect(await next.count("assistant_message")).toBe(1);
    await after.close();
    await before.close();
  });

  it("keeps what people said from others on the machine", async () => {
    const demo = await startTestDemo({ stateDir });
    const client = await ChatClient.connect(demo, await login(demo));
    await client.hello();
    client.say("Hello?", "message-1");
    await client.until("typing");
    await demo.close();
    expect(readdirSync(stateDir).sort()).toEqual(["session-keys.json", "threads.json"]);
    expect(statSync(join(stateDir, "threads.json")).mode & 0o777).toBe(0o600);
  });

  it("starts without its threads when the file makes no sense, and says so", async () => {
    writeFileSync(join(stateDir, "threads.json"), "[");
    const demo = await startTestDemo({ stateDir });
    expect(demo.lines).toContainEqual(expect.objectContaining({ event: "error" }));
    const client = await ChatClient.connect(demo, await login(demo));
    expect((await client.hello()).turn_count).toBe(0);
    await demo.close();
  });
});
