import { CLIENT_FRAME_SCHEMAS, type ClientFrame } from "@sockscope/catalog";
import { describe, expect, it, vi } from "vitest";
import { frameCheck } from "../../../catalog/src/testing/frame-check.test-support.ts";
import {
  answer,
  CHAT_URL,
  chatPage,
  observerWith,
  piece,
  rehydration,
  userMessage,
} from "../testing/chat-page.test-support.ts";
import { FakeHost, settled } from "../testing/fake-host.test-support.ts";
import { chatSocket, InvalidSocketOptionError } from "./index.ts";

const MINUTE_MS = 60_000;

describe("a chat socket's life", () => {
  it("connects when the caller's task is over, and says so", async () => {
    const { chat, sockets, states, last, host } = chatPage();
    expect(sockets).toEqual([]);
    await settled();
    expect(last().address).toBe(CHAT_URL);
    expect(chat.state).toEqual({ status: "connecting", attempt: 1 });
    last().open();
    expect(states).toEqual([{ status: "open", since: host.wall }]);
    expect(chat.state).toBe(states[0]);
  });

  it("makes no socket when it is closed within the task in which it was made", async () => {
    const refreshAccessToken = vi.fn();
    const { chat, sockets } = chatPage({ refreshAccessToken });
    chat.close();
    await settled();
    expect(sockets).toEqual([]);
    expect(refreshAccessToken).not.toHaveBeenCalled();
  });

  it("says hello before anything else", async () => {
    const { chat, connected } = chatPage({ hello: () => ({ type: "client_hello", thread_id: "t" }) });
    chat.send("waits");
    expect((await connected()).sent.slice(0, 2)).toEqual([
      '{"type":"client_hello","thread_id":"t"}',
      "waits",
    ]);
  });

  it("sends nothing but frames of the contract", async () => {
    const [hello, message] = [CLIENT_FRAME_SCHEMAS.client_hello, CLIENT_FRAME_SCHEMAS.user_message].map(
      ({ examples: [example] }) => example as ClientFrame,
    ) as [ClientFrame, ClientFrame];
    const { chat, host, connected } = chatPage({ hello: () => hello });
    const socket = await connected();
    chat.send(message);
    await host.pass(30_000);
    const sent = socket.sent.map(String);
    expect(sent.map((text) => JSON.parse(text).type)).toEqual(["client_hello", "chat_message", "ping"]);
    expect(sent.map(frameCheck(CLIENT_FRAME_SCHEMAS))).toEqual([undefined, undefined, undefined]);
  });

  it("hands on what came as text and as what it says", async () => {
    const { connected, messages } = chatPage();
    const socket = await connected();
    socket.receive("no JSON");
    socket.receive('{"type":"chat_status","value":true}');
    socket.receive(new ArrayBuffer(2));
    expect(messages.slice(1)).toEqual([
      { frame: undefined, data: "no JSON" },
      { frame: { type: "chat_status", value: true }, data: '{"type":"chat_status","value":true}' },
      { frame: undefined, data: new ArrayBuffer(2) },
    ]);
  });

  it("keeps pongs and advice to itself", async () => {
    const { connected, messages } = chatPage();
    const socket = await connected();
    socket.receive('{"type":"pong","id":1,"server_time":1}');
    socket.receive('{"type":"advice","retry_after_ms":1}');
    expect(messages).toHaveLength(1);
  });

  it("closes 1000, and leaves no timer, subscription or listener behind", async () => {
    const { chat, connected, host } = chatPage();
    const socket = await connected();
    chat.close();
    socket.end(1000);
    await host.pass(MINUTE_MS);
    expect(chat.state).toEqual({ status: "closed" });
    expect(socket.closedWith).toBe(1000);
    expect([host.timers.size, host.subscribers.size, socket.listeners]).toEqual([0, 0, 0]);
  });

  it("can be closed while it waits, and twice", async () => {
    const { chat, host, last, states } = chatPage();
    await settled();
    last().end(1006);
    chat.close();
    chat.close();
    await host.pass(MINUTE_MS);
    expect(states.map(({ status }) => status)).toEqual(["waiting", "closed"]);
    expect([host.timers.size, host.subscribers.size]).toEqual([0, 0]);
  });

  it("has as much of everything after eight hours of cuts as after the first", async () => {
    const { connected, host, sockets, last } = chatPage();
    const has = (): number[] => [
      host.timers.size,
      host.subscribers.size,
      sockets.reduce((sum, { listeners }) => sum + listeners, 0),
    ];
    await connected();
    await host.pass(MINUTE_MS / 10);
    const before = has();
    for (let cut = 0; cut < 8 * 60; cut++) {
      last().end(1006);
      await host.pass(2_000);
      last().rehydrates();
      for (let pong = 0; pong < 6; pong++) {
        await host.pass(9_000);
        last().receive('{"type":"pong","id":1,"server_time":1}');
      }
    }
    expect(has()).toEqual(before);
    expect(sockets).toHaveLength(8 * 60 + 1);
  });

  it("comes back after it was closed when the user asks for it", async () => {
    const { chat, connected, sockets, host } = chatPage();
    await connected();
    chat.close();
    chat.reconnect();
    await settled();
    expect(sockets).toHaveLength(2);
    expect(host.subscribers.size).toBe(1);
  });

  it("replaces the connection that there is when the user asks for it", async () => {
    const { chat, connected, sockets, live } = chatPage();
    const first = await connected();
    chat.reconnect();
    await settled();
    expect(first.closedWith).toBe(1000);
    expect(sockets).toHaveLength(2);
    expect(live()).toHaveLength(1);
  });
});

describe("a single writer", () => {
  it("drops what an earlier socket still says, and counts it", async () => {
    const noticed = vi.fn();
    const { chat, connected, messages, states } = chatPage({
      sockscope: observerWith(noticed),
    });
    const first = await connected();
    chat.reconnect();
    await settled();
    const before = [messages.length, states.length];
    first.receive('{"type":"chat_status"}');
    first.end(4401);
    expect([messages.length, states.length]).toEqual(before);
    expect(noticed.mock.calls).toEqual([["stale frame dropped"]]);
    expect(first.listeners).toBe(0);
  });

  it("takes nothing of a frame's consequences to a connection that its listener replaced", async () => {
    const { chat, connected, sockets, last } = chatPage();
    await connected();
    chat.on("message", () => chat.reconnect());
    chat.send(userMessage("m1"));
    last().receive(rehydration());
    await settled();
    expect(sockets).toHaveLength(2);
    expect(chat.send(userMessage("m2"))).toBe("queued");
  });
});

describe("a listener that changes everything", () => {
  it("leaves what may be lost to the connection that comes", async () => {
    const { chat, connected, last } = chatPage();
    await connected();
    const off = chat.on("message", () => chat.reconnect());
    chat.send(userMessage("m1"));
    last().receive(rehydration());
    off();
    await settled();
    last().rehydrates("m1");
    expect(last().messages).toEqual([]);
  });

  it("keeps a frame to itself where what makes its key reconnects", async () => {
    const page = chatPage({ messageKey: () => void page.chat.reconnect() as undefined });
    await page.connected();
    expect(page.messages).toEqual([]);
  });

  it("is not told of what happens by one that it adds meanwhile", async () => {
    const { chat, connected } = chatPage();
    const late = vi.fn();
    const off = chat.on("message", () => {
      chat.on("message", late);
      off();
    });
    const socket = await connected();
    expect(late).not.toHaveBeenCalled();
    socket.receive("x");
    expect(late).toHaveBeenCalledOnce();
  });
});

describe("duplicates", () => {
  it("drops a second copy of an answer, across connections, and tells", async () => {
    const { connected, messages, dropped, host, last } = chatPage();
    (await connected()).receive(answer("m1"));
    last().end(1012);
    await host.pass(2_000);
    last().rehydrates();
    last().receive(answer("m1"));
    last().receive(answer("m1", "another part"));
    expect(messages.filter(({ frame }) => frame?.type === "chat_message")).toHaveLength(2);
    expect(dropped).toEqual([{ why: "duplicate", data: answer("m1") }]);
  });

  it("are none among the pieces of one answer, nor the whole behind them", async () => {
    const { connected, messages, dropped } = chatPage();
    const socket = await connected();
    const streamed = [piece("m1", 0), piece("m1", 1), answer("m1")];
    for (const frame of streamed) socket.receive(frame);
    expect(messages.map(({ data }) => data).slice(1)).toEqual(streamed);
    expect(dropped).toEqual([]);
  });

  it("remembers the last 200 keys, and a key that comes again for longer", async () => {
    const { connected, dropped } = chatPage();
    const socket = await connected();
    for (let message = 0; message < 200; message++) socket.receive(answer(`m${message}`));
    socket.receive(answer("m0"));
    socket.receive(answer("m200"));
    socket.receive(answer("m0"));
    socket.receive(answer("m1"));
    expect(dropped.map(({ data }) => data)).toEqual([answer("m0"), answer("m0")]);
  });

  it.each([
    ['{"type":"chat_message"}'],
    ['{"type":"chat_message","meta":null}'],
    ['{"type":"chat_message","meta":{"in_reply_to":""}}'],
    ["[1]"],
    ['{"type":"chat_message","event":"assistant_message","meta":{"in_reply_to":"m1"}}'],
  ])("takes no two frames without a key for one: %s", async (frame) => {
    const { connected, messages } = chatPage();
    const socket = await connected();
    socket.receive(frame);
    socket.receive(frame);
    expect(messages).toHaveLength(3);
  });
});

describe("an application's own key", () => {
  it("is one only where it is a text", async () => {
    const { connected, messages } = chatPage({ messageKey: () => null as never });
    const socket = await connected();
    socket.receive("a");
    socket.receive("b");
    expect(messages).toHaveLength(3);
  });

  it("is none where it would fill the memory", async () => {
    const { connected, messages } = chatPage({ messageKey: () => "k".repeat(1_001) });
    const socket = await connected();
    socket.receive("a");
    expect(messages).toHaveLength(2);
  });

  it("is apart for each kind of frame", async () => {
    const { connected, messages } = chatPage();
    const socket = await connected();
    for (const event of ["typing", "assistant_message"])
      socket.receive(
        JSON.stringify({ type: "x", event, meta: { in_reply_to: "m1", queued_message_id: "q" } }),
      );
    expect(messages).toHaveLength(3);
  });
});

it("hands on frames that only look like the socket's own", async () => {
  const { connected, messages } = chatPage();
  const socket = await connected();
  for (const frame of ['{"type":"pong"}', '{"type":"advice","text":"sleep more"}']) socket.receive(frame);
  expect(messages).toHaveLength(3);
});

describe("callbacks that throw", () => {
  it("tells the other listeners, and goes on", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const { chat, connected, states, host } = chatPage();
    chat.on("state", () => {
      throw new Error("mine");
    });
    const late: string[] = [];
    chat.on("state", ({ status }) => late.push(status));
    (await connected()).end(1006);
    await host.pass(2_000);
    expect(late).toEqual(["open", "waiting", "connecting"]);
    expect(states.map(({ status }) => status)).toEqual(late);
    expect(error).toHaveBeenCalledTimes(3);
    error.mockRestore();
  });

  it("tells all of one state before what a listener makes of it", async () => {
    const { chat, states, connected } = chatPage();
    chat.on("state", ({ status }) => status === "open" && chat.close());
    const late: string[] = [];
    chat.on("state", ({ status }) => late.push(status));
    await connected();
    expect(late).toEqual(["open", "closed"]);
    expect(states.map(({ status }) => status)).toEqual(late);
  });

  it("tells a listener that was added twice twice, and takes back one", async () => {
    const { chat, connected } = chatPage();
    const listener = vi.fn();
    const off = chat.on("message", listener);
    chat.on("message", listener);
    off();
    await connected();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("goes on without a hello, a key or a ping where what makes it throws", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = (): never => {
      throw new Error("mine");
    };
    const { chat, connected, host, last, messages } = chatPage({
      hello: broken,
      messageKey: broken,
      heartbeat: { ping: broken },
    });
    await connected();
    await host.pass(0);
    last().receive(answer("m1"));
    expect(chat.send("x")).toBe("sent");
    expect(messages).toHaveLength(2);
    await host.pass(60_000);
    expect(chat.state.status).toBe("open");
    expect(error.mock.calls.length).toBeGreaterThan(4);
    error.mockRestore();
  });

  it("has no socket left where what makes its URL closes the chat", async () => {
    const page = chatPage({}, () => {
      page.chat.close();
      return CHAT_URL;
    });
    await settled();
    expect(page.live()).toEqual([]);
    expect(page.sockets.map(({ listeners }) => listeners)).toEqual([0]);
  });

  it.each([
    ["hello", (then: () => void) => ({ hello: () => void then() as never })],
    ["ping", (then: () => void) => ({ heartbeat: { ping: () => void then() } })],
    [
      "token",
      (then: () => void) => ({
        refreshAccessToken: ({ signal }: { signal: AbortSignal }) => signal.addEventListener("abort", then),
      }),
    ],
  ] as const)("has at most one socket whatever a %s does in its midst", async (_what, options) => {
    for (const action of ["close", "reconnect"] as const) {
      let times = 0;
      const page = chatPage(
        options(() => times++ < 3 && page.chat[action]()) as Parameters<typeof chatPage>[0],
      );
      await settled();
      page.last().rehydrates();
      await page.host.pass(0);
      page.chat.reconnect();
      await settled();
      await page.host.pass(60_000);
      expect(page.live().length).toBeLessThanOrEqual(1);
      if (page.chat.state.status === "open") expect(page.live()).toHaveLength(1);
      page.chat.close();
      await page.host.pass(60_000);
      expect([page.live().length, page.host.timers.size, page.host.subscribers.size]).toEqual([0, 0, 0]);
    }
  });

  it("stays closed where whoever sees errors closes it", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => page.chat.close());
    const page = chatPage({ refreshAccessToken: async () => Promise.reject(new Error("no")) });
    await settled();
    await page.host.pass(60_000);
    expect(page.chat.state).toEqual({ status: "closed" });
    error.mockRestore();
  });

  it("goes on telling where a console throws that is told of an error", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {
      throw new Error("a test wants no errors");
    });
    const { chat, connected, states } = chatPage();
    chat.on("state", () => {
      throw new Error("mine");
    });
    (await connected()).end(1006);
    expect(states.map(({ status }) => status)).toEqual(["open", "waiting"]);
    error.mockRestore();
  });

  it("is not sent round by a listener that reconnects whenever it connects", async () => {
    const { chat, connected, sockets, host } = chatPage();
    chat.on("state", ({ status }) => status === "connecting" && chat.reconnect());
    (await connected()).end(1006);
    await host.pass(1_000);
    expect(sockets).toHaveLength(2);
  });

  it("takes a constructor that throws for an attempt that failed", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const { chat } = chatPage({
      WebSocket: class {
        constructor() {
          throw new DOMException("insecure", "SecurityError");
        }
      } as never,
    });
    await settled();
    expect(chat.state).toMatchObject({ status: "waiting", attempt: 2 });
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });
});

describe("options that cannot work", () => {
  it.each([
    [{ baseDelayMs: 0 }],
    [{ maxDelayMs: 0 }],
    [{ maxDelayMs: Number.NaN }],
    [{ maxAttempts: 0 }],
    [{ maxDelayMs: Infinity }],
    [{ closeCodes: { 1006: "nothing" as const } }],
    [{ closeCodes: { 4001: "bogus" as never } }],
    [{ outboxLimit: -1 }],
    [{ stableUptimeMs: "5" as never }],
    [{ heartbeat: { intervalMs: 0 } }],
  ])("refuses %j by name", (options) => {
    expect(() => chatSocket(CHAT_URL, { host: new FakeHost(), ...options })).toThrow(
      InvalidSocketOptionError,
    );
  });

  it("refuses a URL that is none", () => {
    const refused = (): unknown => chatSocket(undefined as never, { host: new FakeHost() });
    expect(refused).toThrow(expect.objectContaining({ code: "SOCKSCOPE_ERR_SOCKET_OPTION" }));
  });
});
