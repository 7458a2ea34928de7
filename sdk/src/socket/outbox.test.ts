import { describe, expect, it } from "vitest";
import { answer, chatPage, piece, rehydration, userMessage } from "../testing/chat-page.test-support.ts";
import { settled } from "../testing/fake-host.test-support.ts";
import { createOutbox } from "./outbox.ts";

describe("the outbox", () => {
  it("waits for the rehydration, then sends in order, once", async () => {
    const { chat, last } = chatPage();
    expect([chat.send(userMessage("m1")), chat.send(userMessage("m2"))]).toEqual(["queued", "queued"]);
    await settled();
    last().open();
    expect(chat.send(userMessage("m3"))).toBe("queued");
    expect(last().messages).toEqual([]);
    last().receive(rehydration());
    expect(last().messages).toEqual(["m1", "m2", "m3"]);
    last().receive(rehydration());
    expect(last().messages).toEqual(["m1", "m2", "m3"]);
    expect(chat.send(userMessage("m4"))).toBe("sent");
  });

  it("waits no longer than a connection takes to hold where no rehydration comes", async () => {
    const { chat, host, last } = chatPage();
    chat.send(userMessage("m1"));
    await settled();
    last().open();
    await host.pass(4_999);
    expect(last().messages).toEqual([]);
    await host.pass(1);
    expect(last().messages).toEqual(["m1"]);
  });

  it("waits for nothing with a server that has no rehydration", async () => {
    const { chat, last } = chatPage({ rehydration: false });
    chat.send(userMessage("m1"));
    await settled();
    last().open();
    expect(last().messages).toEqual(["m1"]);
    expect(chat.send(userMessage("m2"))).toBe("sent");
  });

  it("refuses what does not fit, and says so", async () => {
    const { chat, last, dropped } = chatPage({ outboxLimit: 2 });
    expect(["m1", "m2", "m3"].map((id) => chat.send(userMessage(id)))).toEqual([
      "queued",
      "queued",
      "dropped",
    ]);
    await settled();
    last().rehydrates();
    expect(last().messages).toEqual(["m1", "m2"]);
    expect(dropped).toEqual([]);
  });

  it("lets the oldest go where the application wants that, and tells", async () => {
    const { chat, dropped } = chatPage({ outboxLimit: 1, outboxOverflow: "drop_oldest" });
    expect([chat.send("old"), chat.send("new")]).toEqual(["queued", "queued"]);
    expect(dropped).toEqual([{ why: "overflow", data: "old" }]);
  });

  it("ends with a listener that sends again what made room", () => {
    const { chat } = chatPage({ outboxLimit: 2, outboxOverflow: "drop_oldest" });
    let again = 0;
    chat.on("dropped", ({ data }) => {
      if (again++ < 5) chat.send(data as string);
    });
    for (const text of ["a", "b", "c"]) chat.send(text);
    expect(again).toBe(6);
  });

  it("can be without room", () => {
    expect(chatPage({ outboxLimit: 0, outboxOverflow: "drop_oldest" }).chat.send("x")).toBe("dropped");
  });

  it("takes nothing where the socket does not come back by itself, and keeps what it had", async () => {
    const { chat, connected, last } = chatPage();
    await settled();
    chat.send(userMessage("m1"));
    (await connected()).end(4401);
    expect(chat.send(userMessage("m2"))).toBe("dropped");
    chat.reconnect();
    await settled();
    last().rehydrates("m1");
    expect(last().messages).toEqual([]);
  });

  it("tells what a close leaves unsent", async () => {
    const { chat, dropped } = chatPage();
    chat.send("one");
    chat.close();
    expect(dropped).toEqual([{ why: "closed", data: "one" }]);
    expect(chat.send("two")).toBe("dropped");
  });

  it("keeps what a socket does not take", async () => {
    const { chat, connected, host, last } = chatPage();
    const socket = await connected();
    socket.send = () => {
      throw new DOMException("gone", "InvalidStateError");
    };
    expect(chat.send("one")).toBe("queued");
    expect(chat.send("two")).toBe("queued");
    socket.end(1006);
    await host.pass(2_000);
    last().rehydrates();
    expect(last().sent.slice(0, 2)).toEqual(["one", "two"]);
  });

  it("goes out with the next frame that a socket takes which refused one", async () => {
    const { chat, connected } = chatPage();
    const socket = await connected();
    const { send } = socket;
    socket.send = () => {
      throw new DOMException("busy", "InvalidStateError");
    };
    expect(chat.send("one")).toBe("queued");
    socket.send = send;
    expect(chat.send("two")).toBe("sent");
    expect(socket.sent.filter((frame) => frame === "one" || frame === "two")).toEqual(["one", "two"]);
  });

  it("comes after the hello", async () => {
    const { chat, last } = chatPage({ hello: () => "hello", rehydration: false });
    chat.send("one");
    await settled();
    last().open();
    expect(last().sent).toEqual(["hello", "one"]);
  });

  it("sends binary frames as they are", async () => {
    const { chat, connected } = chatPage();
    const socket = await connected();
    const frames = [new ArrayBuffer(1), new Uint8Array(1), new Blob(["x"])];
    for (const frame of frames) chat.send(frame);
    expect(socket.sent.slice(-3)).toEqual(frames);
  });

  it("throws what JSON cannot say at whoever wanted it sent", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    const { chat } = chatPage();
    for (const frame of [cycle, undefined, () => {}])
      expect(() => chat.send(frame as never)).toThrow(TypeError);
  });
});

describe("a message that was sent just before a connection died", () => {
  it("is sent again, once, when the server's rehydration does not have it", async () => {
    const { chat, connected, host, last } = chatPage();
    await connected();
    chat.send(userMessage("m1"));
    chat.send(userMessage("m2"));
    last().end(1006);
    chat.send(userMessage("m3"));
    await host.pass(2_000);
    last().rehydrates("m2");
    expect(last().messages).toEqual(["m1", "m3"]);
  });

  it.each([
    ["it was answered", answer("m1")],
    ["its answer had begun", piece("m1", 0)],
  ])("is not sent again when %s", async (_, frame) => {
    const { chat, connected, host, last } = chatPage();
    await connected();
    chat.send(userMessage("m1"));
    last().receive(frame);
    last().end(1006);
    await host.pass(2_000);
    last().rehydrates();
    expect(last().messages).toEqual([]);
  });

  it("is told as unconfirmed when the server does not have it after the second time", async () => {
    const { chat, connected, host, last, dropped } = chatPage();
    await connected();
    chat.send(userMessage("m1"));
    for (let connection = 0; connection < 2; connection++) {
      last().end(1006);
      await host.pass(3_000);
      last().rehydrates();
    }
    expect(last().messages).toEqual([]);
    expect(dropped).toEqual([{ why: "unconfirmed", data: JSON.stringify(userMessage("m1")) }]);
  });

  it("is not sent again when the server answered a ping that came after it", async () => {
    const { chat, connected, host, last } = chatPage();
    const socket = await connected();
    chat.send(userMessage("m1"));
    await host.pass(0);
    socket.receive('{"type":"pong","id":1}');
    chat.send(userMessage("m2"));
    socket.end(1006);
    await host.pass(2_000);
    last().rehydrates();
    expect(last().messages).toEqual(["m2"]);
  });

  it("is sent again though a ping was answered that came before it", async () => {
    const { chat, connected, host, last } = chatPage();
    const socket = await connected();
    await host.pass(0);
    chat.send(userMessage("m1"));
    socket.receive('{"type":"pong","id":1}');
    socket.end(1006);
    await host.pass(2_000);
    last().rehydrates();
    expect(last().messages).toEqual(["m1"]);
  });

  it("is sent again where it was given as text", async () => {
    const { chat, connected, host, last } = chatPage();
    const socket = await connected();
    chat.send(JSON.stringify(userMessage("m1")));
    socket.end(1006);
    await host.pass(2_000);
    last().rehydrates();
    expect(last().messages).toEqual(["m1"]);
  });

  it("is not sent again when a rehydration of its own connection listed it", async () => {
    const { chat, connected, host, last } = chatPage();
    const socket = await connected();
    chat.send(userMessage("m1"));
    socket.receive(rehydration("m1"));
    socket.end(1006);
    await host.pass(2_000);
    last().rehydrates();
    expect(last().messages).toEqual([]);
  });

  it("is not sent again when its answer comes before the rehydration", async () => {
    const { chat, connected, host, last } = chatPage();
    await connected();
    chat.send(userMessage("m1"));
    last().end(1006);
    await host.pass(2_000);
    last().open();
    last().receive(answer("m1"));
    last().receive(rehydration());
    expect(last().messages).toEqual([]);
  });

  it("is sent again at once when the rehydration comes late", async () => {
    const { chat, connected, host, last } = chatPage();
    const socket = await connected();
    chat.send(userMessage("m1"));
    socket.end(1006);
    await host.pass(2_000);
    last().open();
    await host.pass(5_000);
    expect(last().messages).toEqual([]);
    last().receive(rehydration());
    expect(last().messages).toEqual(["m1"]);
  });

  it("may still be lost when the next connection ends before its rehydration", async () => {
    const { chat, connected, host, last } = chatPage();
    const socket = await connected();
    chat.send(userMessage("m1"));
    socket.end(1006);
    await host.pass(2_000);
    last().open();
    last().end(1006);
    await host.pass(2_000);
    last().rehydrates();
    expect(last().messages).toEqual(["m1"]);
  });

  it("is told as unconfirmed where a thousand later ones are not confirmed either", async () => {
    const { chat, connected, dropped } = chatPage();
    const socket = await connected();
    for (let id = 0; id < 1_002; id++) chat.send(userMessage(`m${id}`));
    const oldest = [0, 1].map((id) => ({ why: "unconfirmed", data: JSON.stringify(userMessage(`m${id}`)) }));
    expect(dropped).toEqual(oldest);
    socket.end(1006);
    expect(dropped).toEqual(oldest);
  });

  it("is told as unconfirmed where more than a thousand may be lost, and the rest is sent again", () => {
    const told: unknown[] = [];
    const dropped = (_why: string, data: unknown): void => void told.push(data);
    const outbox = createOutbox({ limit: 1, dropsOldest: false, dropped, now: () => 0, pings: () => 0 });
    for (let id = 0; id < 1_200; id++) {
      outbox.send(userMessage(`m${id}`), () => true, true);
      if (id % 600 === 599) outbox.doubt();
    }
    expect(told).toHaveLength(200);
    outbox.repeat([]);
    const again: unknown[] = [];
    outbox.flush((data) => again.push(data) > 0);
    expect(again).toHaveLength(1_000);
    expect(told).toHaveLength(200);
  });

  it("is told once, whatever the application does when it has closed the chat", async () => {
    const { chat, connected, dropped, last } = chatPage();
    const socket = await connected();
    chat.send(userMessage("m1"));
    socket.end(1006);
    chat.close();
    chat.reconnect();
    await settled();
    last().rehydrates();
    chat.close();
    expect(last().messages).toEqual([]);
    expect(dropped).toHaveLength(1);
  });

  it("is not sent again when it was long ago", async () => {
    const { chat, connected, host, last } = chatPage({ heartbeat: false });
    const socket = await connected();
    chat.send(userMessage("m1"));
    await host.pass(60_000);
    socket.end(1006);
    await host.pass(2_000);
    last().rehydrates();
    expect(last().messages).toEqual([]);
  });

  it("is sent again however few may wait", async () => {
    const { chat, connected, host, last } = chatPage({ outboxLimit: 1 });
    const socket = await connected();
    for (const id of ["m1", "m2", "m3"]) chat.send(userMessage(id));
    socket.end(1006);
    await host.pass(2_000);
    last().rehydrates();
    expect(last().messages).toEqual(["m1", "m2", "m3"]);
  });

  it("is told as unconfirmed when the application closes before anybody knows", async () => {
    const { chat, connected, dropped } = chatPage();
    const socket = await connected();
    chat.send(userMessage("m1"));
    socket.end(1006);
    chat.close();
    expect(dropped).toEqual([{ why: "unconfirmed", data: JSON.stringify(userMessage("m1")) }]);
  });

  it("is not told when a connection is closed that was well", async () => {
    const { chat, connected, dropped } = chatPage();
    await connected();
    chat.send(userMessage("m1"));
    chat.close();
    expect(dropped).toEqual([]);
  });

  it("is not sent again to a server that does not say what it has", async () => {
    const { chat, connected, host, last } = chatPage({ rehydration: false });
    await connected();
    chat.send(userMessage("m1"));
    last().end(1006);
    await host.pass(2_000);
    last().open();
    expect(last().messages).toEqual([]);
  });
});
