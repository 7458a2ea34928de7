import {
  AFFECTED_SESSIONS,
  CLOSES,
  CONNECT_ATTEMPTS,
  DUPLICATES_DROPPED,
  DUPLICATES_RENDERED,
  FRAMES_SENT,
  LATENCY_EXCLUDED,
  MESSAGE_LATENCY,
  RECONNECT_DELAY,
  RECONNECT_EPISODES,
  REPLY_LATENCY,
  RTT,
  STALE_FRAMES_DROPPED,
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
    expect(all.shown(RECONNECT_EPISODES)).toEqual(["recovered close 1", "recovered offline 1"]);
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

  it.each([1000, 1006])(
    "that notices a dead peer has lost it to the network, though it is closed %i later",
    async (code) => {
      const { connected, host, last, totals } = measuredPage();
      const socket = await connected();
      await host.pass(12_000);
      socket.end(code);
      last().rehydrates();
      await host.pass(6_000);
      const all = await totals();
      expect(all.shown(CLOSES)).toEqual(["1006 opened network 1"]);
      expect(all.shown(AFFECTED_SESSIONS)).toEqual(["1006 1"]);
      expect(all.shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    },
  );

  it("counts an attempt that ended at its token, and the time without a connection", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { host, totals } = measuredPage({
      refreshAccessToken: async () => Promise.reject(new Error("503")),
    });
    await host.pass(400_000);
    const all = await totals();
    expect(all.shown(CONNECT_ATTEMPTS)).toEqual(["failed backoff 9", "failed initial 1"]);
    expect(all.of(TIME, "reconnecting").count).toBeGreaterThan(70);
    expect(all.of(TIME, "gave_up").count).toBeGreaterThan(200);
    expect(all.of(TIME, "connected").count).toBe(0);
  });

  it("counts an attempt whose token never came", async () => {
    const { host, totals } = measuredPage({ refreshAccessToken: () => new Promise(() => {}) });
    await settled();
    await host.pass(15_000);
    const all = await totals();
    expect(all.shown(CONNECT_ATTEMPTS)).toEqual(["failed initial 1"]);
    expect(all.shown(TOKEN_REFRESHES)).toEqual(["failed 1"]);
  });

  it("says nothing about the server with an attempt that the end of the network ends", async () => {
    const { host, totals } = measuredPage();
    await settled();
    await host.emit("offline");
    expect((await totals()).shown(CONNECT_ATTEMPTS)).toEqual(["aborted initial 1"]);
  });

  it("has no affected session where a new token mends what was refused", async () => {
    const { connected, host, last, totals } = measuredPage({ refreshOnce: true });
    await connected();
    await host.pass(6_000);
    last().receive('{"type":"pong","id":1,"server_time":1700000000000}');
    last().end(4401);
    await settled();
    last().rehydrates();
    const all = await totals();
    expect(all.shown(CLOSES)).toEqual(["4401 opened peer 1"]);
    expect(all.shown(AFFECTED_SESSIONS)).toEqual([]);
    expect(all.of(TIME, "rejected").count).toBe(0);
    last().end(4401);
    expect((await totals()).shown(AFFECTED_SESSIONS)).toEqual(["4401 1"]);
  });

  it("counts a token that nobody waits for any more, and a frame of a connection that was left", async () => {
    const { chat, connected, totals } = measuredPage();
    const socket = await connected();
    chat.reconnect();
    socket.receive("late");
    const all = await totals();
    expect(all.of(STALE_FRAMES_DROPPED).count).toBe(1);
    expect(all.of(DUPLICATES_DROPPED).count).toBe(0);
    const waiting = measuredPage({ refreshAccessToken: () => new Promise(() => {}) });
    await settled();
    waiting.chat.close();
    expect((await waiting.totals()).shown(TOKEN_REFRESHES)).toEqual(["cancelled 1"]);
  });

  it("names no backoff as the trigger of an attempt without a network", async () => {
    const { connected, host, last, totals } = measuredPage();
    await connected();
    await host.emit("offline");
    await host.pass(60_000);
    last().end(1006);
    expect((await totals()).shown(CONNECT_ATTEMPTS)).toEqual(["failed other 1", "opened initial 1"]);
  });

  it("sends a message again that is no other message", async () => {
    const { chat, connected, host, last, totals } = measuredPage();
    const socket = await connected();
    chat.send(userMessage("m1"));
    socket.end(1006);
    await host.pass(2_000);
    last().rehydrates();
    last().receive(answer("m1"));
    const all = await totals();
    expect(all.of(FRAMES_SENT, "user_message").count).toBe(1);
    expect(all.of(REPLY_LATENCY).count).toBe(1);
  });

  it("has one first attempt however often its component comes and goes in an outage", async () => {
    const { host, sockscope } = started();
    for (let visit = 0; visit < 4; visit++) {
      const { chat, last } = chatPage({ host, sockscope });
      await settled();
      last().end(1006);
      chat.close();
    }
    await sockscope.flush();
    const totals = new Totals();
    for (const { lines } of host.batches) totals.add(lines);
    expect(totals.shown(CONNECT_ATTEMPTS)).toEqual(["failed backoff 3", "failed initial 1"]);
  });

  it("without a network at the beginning says nothing about the server", async () => {
    const { host, sockscope } = started();
    await host.emit("offline");
    const { last } = chatPage({ host, sockscope });
    await settled();
    last().end(1006);
    await sockscope.flush();
    const totals = new Totals();
    for (const { lines } of host.batches) totals.add(lines);
    expect(totals.shown(CONNECT_ATTEMPTS)).toEqual(["failed other 1"]);
    expect(totals.shown(AFFECTED_SESSIONS)).toEqual([]);
  });

  it("measures the latency of a message once that the server tells again", async () => {
    const { connected, host, totals } = measuredPage();
    const socket = await connected();
    await host.pass(0);
    socket.receive('{"type":"pong","id":1,"server_time":1700000000000}');
    const message = JSON.stringify({
      type: "chat_message",
      event: "assistant_message",
      meta: { in_reply_to: "m1", queued_message_id: "q1", sent_at: host.wall },
    });
    socket.receive(message);
    await host.pass(60_000);
    socket.receive(message);
    const all = await totals();
    expect(all.of(MESSAGE_LATENCY).count + all.of(LATENCY_EXCLUDED).count).toBe(1);
  });
});
