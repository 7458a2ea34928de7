import { describe, expect, it } from "vitest";
import { type ChatPage, chatPage } from "../testing/chat-page.test-support.ts";
import { FakeHost, settled } from "../testing/fake-host.test-support.ts";
import { PROBE_INTERVAL_MS } from "./turns.ts";

const HOUR_MS = 3_600_000;

describe("the network", () => {
  it("that goes ends the connection and every backoff; an attempt a minute stays", async () => {
    const { chat, connected, host, sockets, last } = chatPage();
    const socket = await connected();
    await host.emit("offline");
    expect(chat.state).toEqual({ status: "offline", reason: "network" });
    expect(socket.closedWith).toBe(1000);
    await host.pass(PROBE_INTERVAL_MS - 1);
    expect(sockets).toHaveLength(1);
    await host.pass(1);
    expect(sockets).toHaveLength(2);
    last().end(1006);
    expect(chat.state.status).toBe("offline");
  });

  it("never makes it give up", async () => {
    const { chat, connected, host, sockets, last } = chatPage();
    await connected();
    await host.emit("offline");
    for (let minute = 0; minute < 30; minute++) {
      await host.pass(PROBE_INTERVAL_MS);
      last().end(1006);
    }
    expect([sockets.length, chat.state.status]).toEqual([31, "offline"]);
  });

  it("that the browser denies is tried all the same, and used", async () => {
    const host = new FakeHost();
    host.online = false;
    const { chat, connected } = chatPage({ host, heartbeat: false });
    await connected();
    await host.pass(HOUR_MS);
    expect(chat.state.status).toBe("open");
  });

  it("that the browser denies and a connection proves is believed in, until the browser has news", async () => {
    const host = new FakeHost();
    host.online = false;
    const { chat, connected, last, sockets } = chatPage({ host });
    (await connected()).end(1012);
    expect(chat.state).toMatchObject({ status: "waiting", attempt: 2 });
    await host.pass(1_000);
    expect(sockets).toHaveLength(2);
    last().rehydrates();
    await host.emit("offline");
    expect(chat.state).toEqual({ status: "offline", reason: "network" });
    await host.pass(PROBE_INTERVAL_MS);
    last().end(1006);
    expect(chat.state.status).toBe("offline");
  });

  it("that returns brings an attempt at once, with its backoff set back", async () => {
    const { chat, host, last, sockets } = chatPage();
    await settled();
    for (let attempt = 0; attempt < 4; attempt++) {
      last().end(1006);
      await host.pass(10_000);
    }
    last().end(1006);
    await host.emit("offline");
    await host.emit("online");
    expect(chat.state).toEqual({ status: "connecting", attempt: 1 });
    expect(sockets).toHaveLength(6);
    last().end(1006);
    expect(chat.state).toMatchObject({ retryAt: host.wall + 800 });
  });

  it("that returns in the middle of a probe begins the attempt anew, and of another attempt does not", async () => {
    const { connected, host, sockets } = chatPage();
    await connected();
    await host.emit("offline");
    await host.pass(PROBE_INTERVAL_MS);
    await host.emit("online");
    await host.emit("online");
    expect(sockets.map(({ readyState }) => readyState)).toEqual([2, 2, 0]);
  });
});

describe.each(["online", "visible", "pageshow", "resume"] as const)("at %s", (event) => {
  it.each([1000, 4401, 1008])("what ended with %i stays ended", async (code) => {
    const { chat, connected, host, sockets } = chatPage();
    (await connected()).end(code);
    const { state } = chat;
    await host.emit(event);
    expect(chat.state).toBe(state);
    expect(sockets).toHaveLength(1);
  });

  it("what the application closed stays closed", async () => {
    const { chat, connected, host, sockets } = chatPage();
    await connected();
    chat.close();
    await host.emit(event);
    expect([chat.state.status, sockets.length]).toEqual(["closed", 1]);
  });

  it("whoever waits or gave up tries at once", async () => {
    const { chat, host, last, sockets } = chatPage({ maxAttempts: 2 });
    await settled();
    last().end(1006);
    await host.emit(event);
    expect(sockets).toHaveLength(2);
    last().end(1006);
    await host.emit(event);
    last().end(1006);
    await host.emit(event);
    expect(chat.state.status).toBe("connecting");
  });

  it("a connection that is alive is kept", async () => {
    const { chat, connected, host, sockets } = chatPage();
    await connected();
    await host.emit(event);
    expect([chat.state.status, sockets.length]).toEqual(["open", 1]);
  });
});

describe.each([
  ["freeze", "resume"],
  ["pagehide", "pageshow"],
] as const)("from %s to %s", (away, back) => {
  it("there is no connection, and the server knows at once; then there is one at once", async () => {
    const { chat, connected, host, sockets } = chatPage();
    const socket = await connected();
    await host.emit(away);
    expect(chat.state).toEqual({ status: "offline", reason: "frozen" });
    expect(socket.closedWith).toBe(1000);
    await host.pass(HOUR_MS);
    expect(sockets).toHaveLength(1);
    await host.emit(back);
    expect(chat.state).toEqual({ status: "connecting", attempt: 1 });
    expect(sockets).toHaveLength(2);
  });

  it("there is an attempt though the network went meanwhile", async () => {
    const { connected, host, sockets } = chatPage();
    await connected();
    await host.emit(away);
    host.online = false;
    await host.emit(back);
    expect(sockets).toHaveLength(2);
  });

  it("the late close of the old socket is no news", async () => {
    const { chat, connected, host, last } = chatPage();
    const socket = await connected();
    await host.emit(away);
    await host.emit(back);
    last().rehydrates();
    socket.end(1006);
    expect(chat.state.status).toBe("open");
  });

  it("what was rejected, given up or closed stays so", async () => {
    const { chat, connected, host } = chatPage();
    (await connected()).end(4401);
    await host.emit(away);
    expect(chat.state.status).toBe("rejected");
  });
});

it("a hidden page keeps its connection", async () => {
  const { chat, connected, host } = chatPage();
  await connected();
  await host.emit("hidden");
  expect(chat.state.status).toBe("open");
});

it("an attempt that the user looks at is counted on, and one with the network or the page back is a first", async () => {
  for (const [event, attempt] of [
    ["visible", 2],
    ["online", 1],
    ["resume", 1],
    ["pageshow", 1],
  ] as const) {
    const { chat, host, last } = chatPage();
    await settled();
    last().end(1006);
    await host.emit(event);
    expect(chat.state).toEqual({ status: "connecting", attempt });
  }
});

it.each(["visible", "online"] as const)(
  "whoever gave up begins with a first attempt when %s",
  async (event) => {
    const { chat, host, last } = chatPage({ maxAttempts: 1 });
    await settled();
    last().end(1006);
    await host.emit(event);
    expect(chat.state).toEqual({ status: "connecting", attempt: 1 });
  },
);

it.each([
  ["rejected", ({ last }: ChatPage) => last().end(4401)],
  ["gave_up", ({ last }: ChatPage) => last().end(1011)],
  ["closed", ({ chat }: ChatPage) => chat.close()],
] as const)("what is %s stays so when the network goes or the page does", async (status, finish) => {
  const page = chatPage({ maxAttempts: 1 });
  await page.connected();
  finish(page);
  for (const event of ["offline", "freeze", "pagehide", "hidden"] as const) {
    await page.host.emit(event);
    expect(page.chat.state.status).toBe(status);
  }
});

it("a probe goes on though somebody looks at the page", async () => {
  const { connected, host, sockets } = chatPage();
  await connected();
  await host.emit("offline");
  await host.pass(PROBE_INTERVAL_MS);
  await host.emit("visible");
  expect(sockets).toHaveLength(2);
});
