import { describe, expect, it, vi } from "vitest";
import { CHAT_URL, type ChatPage, chatPage, observerWith } from "../testing/chat-page.test-support.ts";
import { FakeHost, settled } from "../testing/fake-host.test-support.ts";
import type { TokenRequest } from "./index.ts";

/** With every random byte 0, jitter takes a fifth away. */
const SHORTEST = 0.8;
const SCHEDULE_SECONDS = [1, 2, 4, 8, 16, 16, 16, 16, 16];

/** A token whose fate the test decides. */
function pendingTokens() {
  const requests: (TokenRequest & { resolve(token: string): void; reject(error: unknown): void })[] = [];
  const refreshAccessToken = (request: TokenRequest): Promise<string> =>
    new Promise((resolve, reject) => {
      requests.push({ ...request, resolve, reject });
    });
  return { requests, refreshAccessToken };
}

describe("attempts", () => {
  it("follow the schedule, and end with a state that says so after ten", async () => {
    const { chat, host, last, sockets } = chatPage();
    await settled();
    for (const seconds of SCHEDULE_SECONDS) {
      const before = sockets.length;
      last().end(1006);
      await host.pass(seconds * 1_000 * SHORTEST - 1);
      expect(sockets).toHaveLength(before);
      await host.pass(1);
      expect(sockets).toHaveLength(before + 1);
    }
    last().end(1006);
    expect(chat.state).toEqual({ status: "gave_up", attempts: 10 });
    await host.pass(3_600_000);
    expect(sockets).toHaveLength(10);
    expect(host.timers.size).toBe(0);
  });

  it("go on counting where a server accepts and then closes, and begin anew after a connection that held", async () => {
    const { chat, host, last } = chatPage();
    await settled();
    last().open();
    await host.pass(4_999);
    last().end(1011);
    expect(chat.state).toMatchObject({ status: "waiting", attempt: 2 });
    await host.pass(1_000);
    last().rehydrates();
    await host.pass(5_000);
    last().end(1011);
    expect(chat.state).toEqual({ status: "waiting", attempt: 1, retryAt: host.wall + 1_000 * SHORTEST });
  });

  it("go on counting where a proxy accepts and nobody is behind it", async () => {
    const { chat, host, last } = chatPage();
    await settled();
    last().open();
    await host.pass(20_000);
    expect(chat.state).toMatchObject({ status: "connecting", attempt: 2 });
  });

  it("that take too long are given up, and the next one follows", async () => {
    const { chat, host, sockets } = chatPage();
    await settled();
    await host.pass(10_000);
    expect(sockets.map(({ closedWith }) => closedWith)).toEqual([1000]);
    expect(chat.state).toMatchObject({ status: "waiting", attempt: 2 });
    sockets[0]?.open();
    expect(chat.state.status).toBe("waiting");
  });

  it("follow though a timer comes a little too early, as those of browsers do", async () => {
    const host = new FakeHost();
    const { setTimeout } = host;
    host.setTimeout = (callback, delayMs) => setTimeout.call(host, callback, Math.ceil(delayMs * 0.9));
    const { last, sockets } = chatPage({ host });
    await settled();
    last().end(1006);
    await host.pass(1_000);
    expect(sockets).toHaveLength(2);
    expect(host.clock).toBe(2_000);
  });

  it("have a time that no timer is too short for", async () => {
    const { host, last } = chatPage({ attemptTimeoutMs: 3e9 });
    await settled();
    expect(Math.max(...[...host.timers.values()].map(({ at }) => at - host.clock))).toBeLessThan(2 ** 31);
    expect(last().readyState).toBe(0);
  });

  it("do not follow before their time where a timer comes a moment too early", async () => {
    const host = new FakeHost();
    const { setTimeout } = host;
    host.setTimeout = (callback, delayMs) => setTimeout.call(host, callback, Math.max(1, delayMs - 1));
    const { last, sockets } = chatPage({ host });
    await settled();
    last().end(1006);
    await host.pass(799);
    expect(sockets).toHaveLength(1);
    await host.pass(1);
    expect(sockets).toHaveLength(2);
  });

  it("begin anew after a silent connection that held, where no heartbeat asks it to speak", async () => {
    const { chat, host, last } = chatPage({ heartbeat: false });
    await settled();
    last().open();
    await host.pass(5_000);
    last().end(1011);
    expect(chat.state).toMatchObject({ status: "waiting", attempt: 1 });
  });

  it("are spread by more than one random byte", async () => {
    const host = new FakeHost();
    host.randomBytes = (count) => new Uint8Array([0, 0, 0, 128]).subarray(0, count);
    const { chat, last } = chatPage({ host });
    await settled();
    last().end(1006);
    expect(chat.state).toMatchObject({ retryAt: host.wall + 1_000 });
  });

  it("go on for ever where the application wants that", async () => {
    const { chat, host, last, sockets } = chatPage({ maxAttempts: Infinity });
    await settled();
    for (let attempt = 0; attempt < 30; attempt++) {
      last().end(1006);
      await host.pass(20_000);
    }
    expect(sockets.length).toBeGreaterThan(30);
    expect(chat.state.status).not.toBe("gave_up");
  });

  it("are made at once when the user asks, and are counted from one again", async () => {
    const { chat, host, last, sockets } = chatPage({ maxAttempts: 1 });
    await settled();
    last().end(1006);
    expect(chat.state.status).toBe("gave_up");
    chat.reconnect();
    await settled();
    expect(chat.state).toEqual({ status: "connecting", attempt: 1 });
    expect([sockets.length, host.clock]).toEqual([2, 1_000]);
  });
});

describe("a server's advice", () => {
  it("in a close reason is waited for", async () => {
    const { chat, connected, host } = chatPage();
    (await connected()).endFor(1012, '{"retry_after_ms":7000}');
    expect(chat.state).toMatchObject({ retryAt: host.wall + 7_000 });
  });

  it("in a frame is waited for by the close that follows, and by no later one", async () => {
    const { chat, connected, host, last } = chatPage();
    const socket = await connected();
    socket.receive('{"type":"advice","retry_after_ms":9000}');
    socket.end(1012);
    expect(chat.state).toMatchObject({ retryAt: host.wall + 9_000 });
    await host.pass(9_000);
    last().end(1006);
    expect(chat.state).toMatchObject({ retryAt: host.wall + 1_600 });
  });

  it("in a frame is forgotten after a minute", async () => {
    const { chat, connected, host } = chatPage({ heartbeat: false });
    const socket = await connected();
    socket.receive('{"type":"advice","retry_after_ms":9000}');
    await host.pass(60_000);
    socket.end(1012);
    expect(chat.state).toMatchObject({ retryAt: host.wall + 800 });
  });

  it('is never less than the backoff, so that a server that says "now" is not stormed', async () => {
    const { chat, connected, host } = chatPage();
    (await connected()).endFor(1012, "retry_after_ms=0");
    expect(chat.state).toMatchObject({ retryAt: host.wall + 800 });
  });

  it("in a close reason counts before that in a frame", async () => {
    const { chat, connected, host } = chatPage();
    const socket = await connected();
    socket.receive('{"type":"advice","retry_after_ms":9000}');
    socket.endFor(1012, "retry_after_ms=2000");
    expect(chat.state).toMatchObject({ retryAt: host.wall + 2_000 });
  });

  it("in a frame is not forgotten for another frame", async () => {
    const { chat, connected, host } = chatPage();
    const socket = await connected();
    socket.receive('{"type":"advice","retry_after_ms":9000}');
    socket.receive('{"type":"chat_status"}');
    socket.end(1012);
    expect(chat.state).toMatchObject({ retryAt: host.wall + 9_000 });
  });

  it("is followed by a first attempt where the connection had held", async () => {
    const { chat, connected, host } = chatPage();
    const socket = await connected();
    await host.pass(5_000);
    socket.endFor(1012, "retry_after_ms=2000");
    await host.pass(2_000);
    expect(chat.state).toEqual({ status: "connecting", attempt: 1, isAdvised: true });
  });

  it("is told of the wait and of the attempt that it asked for, and of no later one", async () => {
    const { chat, connected, host, last } = chatPage();
    (await connected()).endFor(1012, "retry_after_ms=2000");
    expect(chat.state).toMatchObject({ status: "waiting", isAdvised: true });
    await host.pass(2_000);
    expect(chat.state).toMatchObject({ status: "connecting", isAdvised: true });
    last().end(1006);
    expect(chat.state).not.toHaveProperty("isAdvised");
  });

  it("is waited for though somebody looks at the page, and not when the network is back", async () => {
    const { chat, connected, host } = chatPage();
    (await connected()).endFor(1012, "retry_after_ms=9000");
    await host.emit("visible");
    expect(chat.state.status).toBe("waiting");
    await host.emit("online");
    expect(chat.state.status).toBe("connecting");
  });

  it("is followed for as long as the server gives it", async () => {
    const { chat, connected, host, last } = chatPage();
    await connected();
    for (let advised = 0; advised < 30; advised++) {
      last().endFor(1013, "retry_after_ms=30000");
      expect(chat.state.status).toBe("waiting");
      await host.pass(30_000);
      last().open();
    }
  });

  it("is not taken from the reason of another code, nor from a frame that has none", async () => {
    const { chat, connected, host } = chatPage();
    const socket = await connected();
    socket.receive('{"type":"advice","retry_after_ms":-1}');
    socket.endFor(1011, "retry_after_ms=9000");
    expect(chat.state).toMatchObject({ retryAt: host.wall + 1_600 * 0.5 });
  });
});

describe("a token", () => {
  it("is fetched before every attempt, and used by it", async () => {
    const { requests, refreshAccessToken } = pendingTokens();
    const { last, sockets, host } = chatPage(
      { refreshAccessToken, protocols: (token) => ["chat", `bearer.${token}`] },
      (token) => `${CHAT_URL}?token=${token}`,
    );
    await settled();
    expect(sockets).toEqual([]);
    requests[0]?.resolve("one");
    await settled();
    expect([last().address, last().protocols]).toEqual([`${CHAT_URL}?token=one`, ["chat", "bearer.one"]]);
    last().end(1006);
    await host.pass(1_000);
    requests[1]?.resolve("two");
    await settled();
    expect(last().address).toBe(`${CHAT_URL}?token=two`);
  });

  it.each([
    ["rejects", async () => Promise.reject(new Error("no"))],
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
  ])("that %s costs one attempt, and never wedges", async (_how, refreshAccessToken) => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const { chat, host, sockets } = chatPage({ refreshAccessToken });
    await settled();
    expect(chat.state).toMatchObject({ status: "waiting", attempt: 2 });
    await host.pass(200_000);
    expect(chat.state).toEqual({ status: "gave_up", attempts: 10 });
    expect(sockets).toEqual([]);
    expect(error).toHaveBeenCalledTimes(10);
    error.mockRestore();
  });

  it("that never comes costs one attempt, and is not used when it does", async () => {
    const { requests, refreshAccessToken } = pendingTokens();
    const { chat, host, sockets } = chatPage({ refreshAccessToken });
    await settled();
    await host.pass(10_000);
    expect(chat.state).toMatchObject({ status: "waiting", attempt: 2 });
    expect(requests[0]?.signal.aborted).toBe(true);
    requests[0]?.resolve("late");
    await settled();
    expect(sockets).toEqual([]);
  });

  it("of an attempt that was given up is not used, and the next attempt asks for its own", async () => {
    const { requests, refreshAccessToken } = pendingTokens();
    const { chat, sockets } = chatPage({ refreshAccessToken }, (token) => `${CHAT_URL}?${token}`);
    await settled();
    chat.reconnect();
    await settled();
    requests[0]?.resolve("first");
    requests[1]?.resolve("second");
    await settled();
    expect(sockets.map(({ address }) => address)).toEqual([`${CHAT_URL}?second`]);
  });

  it("is neither waited for nor used after a close", async () => {
    const { requests, refreshAccessToken } = pendingTokens();
    const { chat, sockets, host } = chatPage({ refreshAccessToken });
    await settled();
    chat.close();
    expect(requests[0]?.signal.aborted).toBe(true);
    requests[0]?.resolve("late");
    await settled();
    expect(sockets).toEqual([]);
    expect(host.timers.size).toBe(0);
  });

  it("has its own time, and the opening of the socket another", async () => {
    const { requests, refreshAccessToken } = pendingTokens();
    const { chat, host } = chatPage({ refreshAccessToken });
    await settled();
    await host.pass(9_000);
    requests[0]?.resolve("slow");
    await settled();
    await host.pass(9_000);
    expect(chat.state).toEqual({ status: "connecting", attempt: 1 });
    await host.pass(1_000);
    expect(chat.state.status).toBe("waiting");
  });

  it("is forced after two attempts that never opened, once until a connection held", async () => {
    const forced: boolean[] = [];
    const { host, last } = chatPage({ refreshAccessToken: ({ isForced }) => void forced.push(isForced) });
    await settled();
    for (let attempt = 0; attempt < 4; attempt++) {
      last().end(1006);
      await host.pass(10_000);
    }
    expect(forced).toEqual([false, false, true, false, false]);
    last().rehydrates();
    await host.pass(5_000);
    for (let attempt = 0; attempt < 3; attempt++) {
      last().end(1006);
      await host.pass(4_000);
    }
    expect(forced.slice(5)).toEqual([false, false, true]);
  });

  it.each([
    [
      "a connection that opened",
      ({ last }: ChatPage) => {
        last().open();
        last().end(1011);
      },
    ],
    ["the user, who asked", ({ chat }: ChatPage) => chat.reconnect()],
  ])("is not forced where attempts that never opened are parted by %s", async (_what, part) => {
    const forced: boolean[] = [];
    const page = chatPage({ refreshAccessToken: ({ isForced }) => void forced.push(isForced) });
    await settled();
    page.last().end(1006);
    await page.host.pass(10_000 * SHORTEST);
    part(page);
    await settled();
    if (page.chat.state.status === "waiting") await page.host.pass(4_000);
    page.last().end(1006);
    await page.host.pass(4_000);
    expect(forced).toEqual(forced.map(() => false));
    expect(forced.length).toBeGreaterThan(3);
  });

  it("is forced after closes of which an implementation gives no code, as after 1006", async () => {
    const forced: boolean[] = [];
    const { host, last } = chatPage({ refreshAccessToken: ({ isForced }) => void forced.push(isForced) });
    await settled();
    for (let attempt = 0; attempt < 2; attempt++) {
      last().dispatchEvent(new Event("close"));
      await host.pass(4_000);
    }
    expect(forced).toEqual([false, false, true]);
  });

  it("that is forced after two attempts and fails is waited for, since nothing was refused", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const { chat, host, last } = chatPage({
      refreshAccessToken: async ({ isForced }) => (isForced ? Promise.reject(new Error("503")) : undefined),
    });
    await settled();
    for (let attempt = 0; attempt < 2; attempt++) {
      last().end(1006);
      await host.pass(1_600);
    }
    expect(chat.state).toMatchObject({ status: "waiting", attempt: 4 });
    error.mockRestore();
  });

  it("is counted by what became of it", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const { requests, refreshAccessToken } = pendingTokens();
    const noticed = vi.fn();
    const { chat, host } = chatPage({ refreshAccessToken, sockscope: observerWith(noticed) });
    await settled();
    requests[0]?.reject(new Error("no"));
    await settled();
    await host.pass(1_000);
    requests[1]?.resolve("yes");
    await settled();
    chat.reconnect();
    await settled();
    await host.pass(10_000);
    chat.reconnect();
    await settled();
    chat.close();
    expect(noticed.mock.calls.flat()).toEqual([
      "token refresh failed",
      "token refresh succeeded",
      "token refresh failed",
      "token refresh cancelled",
    ]);
    error.mockRestore();
  });

  it("is not counted where none is wanted", async () => {
    const noticed = vi.fn();
    const { chat } = chatPage({ sockscope: observerWith(noticed), host: new FakeHost() });
    await settled();
    chat.close();
    expect(noticed).not.toHaveBeenCalled();
  });
});
