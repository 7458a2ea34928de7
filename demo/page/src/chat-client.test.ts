import type { ConnectTrigger } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { ChatClient } from "./chat-client.ts";
import { FakeWebSocket } from "./testing/fake-web-socket.test-support.ts";

function setup() {
  const sockets: FakeWebSocket[] = [];
  const triggers: ConnectTrigger[] = [];
  const renewals: number[] = [];
  const closing: number[] = [];
  const verdicts: string[] = [];
  const planned: { run: () => void; delayMs: number }[] = [];
  const client = new ChatClient({
    threadId: "thread",
    openSocket: (trigger) => {
      const socket = new FakeWebSocket();
      sockets.push(socket);
      triggers.push(trigger);
      return socket as unknown as WebSocket;
    },
    frameSent: () => {},
    judged: (verdict) => verdicts.push(verdict),
    closing: (socket) => closing.push(socket.readyState),
    renewSession: async () => {
      renewals.push(sockets.length);
    },
    createMessageId: () => "message-1",
    random: () => 1,
    schedule: (run, delayMs) => {
      const plan = { run, delayMs };
      planned.push(plan);
      return () => {
        if (planned.includes(plan)) planned.splice(planned.indexOf(plan), 1);
      };
    },
  });
  const runPlanned = (): void => {
    for (const { run } of planned.splice(0)) run();
  };
  const connected = (): FakeWebSocket => {
    client.start();
    runPlanned();
    const socket = sockets.at(-1) as FakeWebSocket;
    socket.open();
    return socket;
  };
  return { client, verdicts, sockets, triggers, closing, renewals, planned, runPlanned, connected };
}

describe("ChatClient", () => {
  it("makes one socket when it is started, stopped and started at once, as StrictMode does", () => {
    const { client, sockets, runPlanned } = setup();
    client.start();
    client.stop();
    client.start();
    runPlanned();
    expect(sockets).toHaveLength(1);
  });

  it("sends what a user thinks of an answer once, and nothing without a connection", () => {
    const { client, connected, verdicts } = setup();
    expect(client.judge("m1", "helpful")).toBe(false);
    const socket = connected();
    expect(client.judge("m1", "helpful")).toBe(true);
    expect(client.judge("m1", "unhelpful")).toBe(false);
    expect(socket.sent.at(-1)).toBe(
      '{"type":"feedback","thread_id":"thread","message_id":"m1","verdict":"helpful"}',
    );
    expect(verdicts).toEqual(["helpful"]);
    expect(client.state.snapshot().judged).toEqual(["m1"]);
  });

  it("stops where the configuration says that its own code is an error", () => {
    const { client, connected, planned } = setup();
    connected().finish(4001);
    expect(client.state.snapshot().connection).toBe("failed");
    expect(planned).toEqual([]);
  });

  it("says hello to its thread when the socket opens", () => {
    expect(setup().connected().sent).toEqual(['{"type":"client_hello","thread_id":"thread"}']);
  });

  it("closes 1000 and plans nothing when it is stopped", () => {
    const { client, connected, planned } = setup();
    const socket = connected();
    client.stop();
    socket.finish(1006);
    expect(socket.closeCodes).toEqual([1000]);
    expect(planned).toEqual([]);
  });

  it("tells that it ends a connection while the connection is still there", () => {
    const { client, connected, closing } = setup();
    connected();
    client.drop();
    expect(closing).toEqual([1]);
  });

  it("connects again after a second and its jitter when the policy says retry", () => {
    const { connected, planned, runPlanned, triggers } = setup();
    connected().finish(1011);
    expect(planned.map(({ delayMs }) => delayMs)).toEqual([1200]);
    runPlanned();
    expect(triggers).toEqual(["initial", "backoff"]);
  });

  it("plans nothing when the policy says stop", () => {
    const { connected, planned } = setup();
    connected().finish(4401);
    expect(planned).toEqual([]);
  });

  it("logs in before it reconnects when authentication had failed", async () => {
    const { client, connected, renewals, runPlanned, triggers } = setup();
    connected().finish(4401);
    await client.reconnect();
    runPlanned();
    expect(renewals).toEqual([1]);
    expect(triggers).toEqual(["initial", "manual"]);
  });

  it("plans nothing when it was stopped while it logged in", async () => {
    const { client, connected, planned, renewals } = setup();
    connected().finish(4401);
    const reconnected = client.reconnect();
    client.stop();
    await reconnected;
    expect(renewals).toEqual([1]);
    expect(planned).toEqual([]);
  });

  it("ignores what an earlier socket still says", async () => {
    const { client, connected, runPlanned } = setup();
    const first = connected();
    await client.reconnect();
    runPlanned();
    first.receive({ type: "chat_status", event: "typing", value: true, thread_id: "thread" });
    first.finish(4401);
    expect(client.state.snapshot()).toMatchObject({ isTyping: false, connection: "reconnecting" });
  });

  it("sends nothing and keeps the text with the user when there is no connection", () => {
    const { client, connected } = setup();
    const socket = connected();
    expect(client.send("Hello")).toBe(true);
    socket.finish(1006);
    expect(client.send("Anybody?")).toBe(false);
    expect(client.state.snapshot().turns).toEqual([{ role: "user", text: "Hello", message_id: "message-1" }]);
  });
});
