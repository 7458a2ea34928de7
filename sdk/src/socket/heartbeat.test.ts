import { describe, expect, it, vi } from "vitest";
import { chatPage } from "../testing/chat-page.test-support.ts";
import { settled } from "../testing/fake-host.test-support.ts";

const HOUR_MS = 3_600_000;
const PONG = '{"type":"pong","id":1,"server_time":1}';

describe("the heartbeat", () => {
  it("begins with the first frame of the server, which one that refuses late does not send", async () => {
    const { host, last } = chatPage();
    await settled();
    last().open();
    await host.pass(4_999);
    expect(last().sentOf("ping")).toEqual([]);
    last().receive('{"type":"chat_status"}');
    await host.pass(0);
    expect(last().sentOf("ping")).toEqual([{ type: "ping", id: 1 }]);
  });

  it("begins when the connection holds where the server is silent", async () => {
    const { host, last } = chatPage();
    await settled();
    last().open();
    await host.pass(5_000);
    expect(last().sentOf("ping")).toHaveLength(1);
  });

  it("goes on every 25 s, whatever else comes", async () => {
    const { host, connected } = chatPage();
    const socket = await connected();
    for (let second = 0; second < 99; second++) {
      socket.receive('{"type":"chat_status"}');
      await host.pass(1_000);
    }
    expect(socket.sentOf("ping").map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  it("notices a peer that is gone ten seconds after a ping, and reconnects", async () => {
    const { chat, host, connected } = chatPage();
    const socket = await connected();
    await host.pass(9_999);
    expect(chat.state.status).toBe("open");
    await host.pass(1);
    expect(chat.state).toMatchObject({ status: "waiting", attempt: 1 });
    expect(socket.closedWith).toBe(3008);
  });

  it("notices a socket that is gone without a close event", async () => {
    const { chat, host, connected } = chatPage();
    const socket = await connected();
    await host.pass(0);
    socket.receive(PONG);
    socket.readyState = 3;
    await host.pass(25_000);
    expect(chat.state.status).toBe("waiting");
  });

  it("takes any frame for a sign of life, and a pong once", async () => {
    const { chat, host, connected } = chatPage();
    const socket = await connected();
    await host.pass(9_000);
    socket.receive(PONG);
    await host.pass(16_000 + 9_999);
    expect(chat.state.status).toBe("open");
    await host.pass(1);
    expect(chat.state.status).toBe("waiting");
  });

  it("notices a peer that is gone where pings come faster than their answers may", async () => {
    const { chat, host, connected } = chatPage({ heartbeat: { intervalMs: 4_000 } });
    await connected();
    await host.pass(10_000);
    expect(chat.state.status).toBe("waiting");
  });

  it("begins with the first frame of every connection", async () => {
    const { host, connected, last } = chatPage();
    (await connected()).end(1011);
    await host.pass(2_000);
    last().rehydrates();
    await host.pass(0);
    expect(last().sentOf("ping")).toHaveLength(1);
  });

  it("lets nothing go out that waits for the rehydration", async () => {
    const { chat, host, last } = chatPage();
    await settled();
    last().open();
    last().receive('{"type":"chat_status"}');
    await host.pass(0);
    expect(last().sentOf("ping")).toHaveLength(1);
    expect(chat.send("one")).toBe("queued");
  });

  it("tells an observer once that the peer is lost", async () => {
    const lost = vi.fn();
    const observation = { stop() {}, gaveUp() {}, unwanted() {}, lost };
    const { host, connected, last } = chatPage({
      sockscope: { noticed() {}, observe: () => observation, attempted: () => observation },
    });
    await connected();
    await host.pass(12_000);
    last().end(1006);
    await host.pass(2_000);
    expect(lost).toHaveBeenCalledOnce();
  });

  it("sends what the application calls a ping", async () => {
    const { host, connected } = chatPage({ heartbeat: { ping: (id) => `PING ${id}` } });
    const socket = await connected();
    await host.pass(0);
    expect(socket.sent).toEqual(["PING 1"]);
  });

  it("can be left out", async () => {
    const { chat, host, connected } = chatPage({ heartbeat: false });
    const socket = await connected();
    await host.pass(HOUR_MS);
    await host.emit("visible");
    expect([chat.state.status, socket.sent]).toEqual(["open", []]);
  });
});

describe("a page that wakes", () => {
  it("begins an attempt anew whose time passed in sleep", async () => {
    const { chat, host, sockets } = chatPage();
    await settled();
    host.wall += HOUR_MS;
    await host.emit("visible");
    expect(chat.state).toEqual({ status: "connecting", attempt: 1 });
    expect(sockets.map(({ readyState }) => readyState)).toEqual([2, 0]);
  });

  it("knows at once that a ping has gone without an answer", async () => {
    const { chat, host, connected, sockets } = chatPage();
    await connected();
    await host.pass(0);
    host.clock += HOUR_MS;
    host.wall += HOUR_MS;
    await host.emit("visible");
    expect(chat.state).toEqual({ status: "connecting", attempt: 1 });
    expect(sockets).toHaveLength(2);
    expect(sockets[0]?.closedWith).toBe(3008);
  });

  it("asks at once whether a silent connection is still one, once", async () => {
    const { chat, host, connected } = chatPage();
    const socket = await connected();
    await host.pass(0);
    socket.receive(PONG);
    host.clock += 20_000;
    host.wall += 20_000;
    await host.emit("visible");
    await host.emit("resume");
    expect(socket.sentOf("ping")).toHaveLength(2);
    await host.pass(10_000);
    expect(chat.state.status).toBe("waiting");
  });

  it("believes the wall clock where the other stood still", async () => {
    const { host, connected, sockets } = chatPage();
    await connected();
    await host.pass(0);
    host.wall += HOUR_MS;
    await host.emit("online");
    expect(sockets).toHaveLength(2);
  });

  it("does not ask a connection that has just opened", async () => {
    const { host, last } = chatPage();
    await settled();
    last().open();
    await host.emit("visible");
    expect(last().sent).toEqual([]);
  });

  it("does not ask a connection that has just spoken", async () => {
    const { host, connected } = chatPage();
    const socket = await connected();
    await host.pass(0);
    socket.receive(PONG);
    await host.pass(9_999);
    await host.emit("visible");
    expect(socket.sentOf("ping")).toHaveLength(1);
  });
});
