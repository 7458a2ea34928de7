import {
  CLOSES,
  CONNECT_ATTEMPTS,
  type Counter,
  DUPLICATES_DROPPED,
  DUPLICATES_RENDERED,
  FRAMES_SENT,
  RECONNECT_DELAY,
  RECONNECT_EPISODES,
  RTT,
  TIME,
  TOKEN_REFRESHES,
} from "@sockscope/catalog/runtime";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, type ChatPage, chatPage, userMessage } from "../testing/chat-page.test-support.ts";
import { settled } from "../testing/fake-host.test-support.ts";
import { Totals } from "../testing/recorded.test-support.ts";
import { newPage, started } from "../testing/started.test-support.ts";
import type { ChatSocketOptions } from "./index.ts";

vi.spyOn(console, "warn").mockImplementation(() => {});
afterEach(newPage);

/** A page whose chat socket is measured. */
function measuredPage(options: ChatSocketOptions = {}): ChatPage & { totals(): Promise<Totals> } {
  const { host, sockscope } = started();
  const page = chatPage({ ...options, host, sockscope });
  return {
    ...page,
    totals: async () => {
      await sockscope.flush();
      const totals = new Totals();
      for (const { lines } of host.batches) totals.add(lines);
      return totals;
    },
  };
}

describe("a measured chat socket", () => {
  it("names the trigger of every attempt, and measures delays and the episode", async () => {
    const { connected, host, last, chat, totals } = measuredPage();
    (await connected()).end(1011);
    await host.pass(800);
    last().rehydrates();
    chat.reconnect();
    await settled();
    last().end(1006);
    await host.pass(1_600);
    last().endFor(1012, "retry_after_ms=2000");
    await host.pass(2_000);
    last().rehydrates();
    await host.emit("offline");
    await host.emit("online");
    last().rehydrates();
    const all = await totals();
    expect(all.shown(CONNECT_ATTEMPTS)).toEqual([
      "failed backoff 1",
      "failed manual 1",
      "opened advice 1",
      "opened backoff 1",
      "opened initial 1",
      "opened online 1",
    ]);
    expect(all.of(RECONNECT_DELAY)).toMatchObject({ count: 1, sum: 0.8 });
    expect(all.of(RECONNECT_EPISODES as Counter, "recovered").count).toBe(1);
  });

  it("counts tokens, duplicates, what was seen twice, frames and round trips", async () => {
    const { connected, chat, host, totals } = measuredPage({ refreshAccessToken: async () => "token" });
    const socket = await connected();
    await host.pass(0);
    chat.send(userMessage("m1"));
    await host.pass(40);
    socket.receive('{"type":"pong","id":1,"server_time":1700000000000}');
    socket.receive(answer("m1"));
    socket.receive(answer("m1"));
    chat.rendered("m1");
    chat.rendered("m1");
    const all = await totals();
    expect(all.shown(TOKEN_REFRESHES)).toEqual(["succeeded 1"]);
    expect(all.of(DUPLICATES_DROPPED).count).toBe(1);
    expect(all.of(DUPLICATES_RENDERED).count).toBe(1);
    expect(all.shown(FRAMES_SENT)).toEqual(["ping 1", "user_message 1"]);
    expect(all.of(RTT)).toMatchObject({ count: 1, sum: 0.04 });
  });

  it("says when it gives up, and wants nothing after it is closed", async () => {
    const { connected, chat, host, last, totals } = measuredPage({ maxAttempts: 1 });
    await connected();
    await host.pass(5_000);
    last().end(1006);
    await host.pass(1_000);
    last().end(1006);
    await host.pass(10_000);
    chat.close();
    await host.pass(600_000);
    const all = await totals();
    expect(all.shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
    expect(all.of(TIME, "gave_up").count).toBeLessThanOrEqual(10);
    expect(all.of(TIME, "reconnecting").count).toBeLessThanOrEqual(2);
  });

  it("closed while it waits, has an abandoned episode", async () => {
    const { connected, chat, host, last, totals } = measuredPage();
    await connected();
    await host.pass(5_000);
    last().end(1006);
    chat.close();
    await host.pass(600_000);
    const all = await totals();
    expect(all.shown(RECONNECT_EPISODES)).toEqual(["abandoned close 1"]);
    expect(all.of(TIME, "gave_up").count).toBe(0);
  });

  it("ends as left at the freeze, and begins anew at the resume", async () => {
    const { connected, host, last, totals } = measuredPage();
    await connected();
    await host.emit("freeze");
    await host.emit("resume");
    last().rehydrates();
    const all = await totals();
    expect(all.shown(CLOSES)).toEqual(["none opened left 1"]);
    expect(all.shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 1", "opened resume 1"]);
  });

  it("that notices a dead peer has lost it to the network", async () => {
    const { connected, host, totals } = measuredPage();
    const socket = await connected();
    await host.pass(12_000);
    socket.end(1006);
    expect((await totals()).shown(CLOSES)).toEqual(["1006 opened network 1"]);
  });
});
