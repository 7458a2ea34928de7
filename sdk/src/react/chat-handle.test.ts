import type { ClientFrame, ServerFrame } from "@sockscope/catalog/runtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SocketState } from "../socket/index.ts";
import {
  answer,
  CHAT_URL,
  ChatServerSide,
  observerWith,
  userMessage,
} from "../testing/chat-page.test-support.ts";
import { FakeHost, settled } from "../testing/fake-host.test-support.ts";
import { type ChatUrl, createChatHandle, type UseChatSocketOptions } from "./chat-handle.ts";

type Options = UseChatSocketOptions<ServerFrame, ClientFrame>;

const FIRST_ATTEMPT: SocketState = { status: "connecting", attempt: 1 };
const MINUTE_MS = 60_000;

const broken = (): never => {
  throw new Error("mine");
};

let error: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  error = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => error.mockRestore());

/** A component with a handle, in the hands of a test that does with it what React does. */
function component(options: Options = {}, url: ChatUrl = CHAT_URL) {
  const host = new FakeHost();
  const sockets: ChatServerSide[] = [];
  class Constructor extends ChatServerSide {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols);
      sockets.push(this);
    }
  }
  const WebSocket = Constructor as unknown as NonNullable<Options["WebSocket"]>;
  const given = (options: Options, url: ChatUrl = CHAT_URL) => ({
    url,
    options: { ...options, WebSocket, host },
  });
  const handle = createChatHandle<ServerFrame, ClientFrame>(given(options, url));
  const last = (): ChatServerSide => sockets.at(-1) as ChatServerSide;
  return {
    host,
    sockets,
    handle,
    last,
    live: () => sockets.filter(({ readyState }) => readyState <= 1),
    rerender: (options: Options, url: ChatUrl = CHAT_URL) => {
      handle.given = given(options, url);
    },
    /** Mounts, and returns what unmounts. */
    mount: () => {
      const leaves = [handle.live(), handle.mount()];
      return () => {
        for (const leave of leaves) leave();
      };
    },
    connected: async () => {
      await settled();
      last().rehydrates();
      return last();
    },
  };
}

describe("a handle's life", () => {
  it("connects when it is mounted, and not before", async () => {
    const { handle, mount, sockets } = component();
    await settled();
    expect(sockets).toEqual([]);
    expect(handle.snapshot()).toEqual(FIRST_ATTEMPT);
    mount();
    await settled();
    expect(sockets.map(({ address }) => address)).toEqual([CHAT_URL]);
  });

  it("leaves nothing behind when it is unmounted, and is as it was at first", async () => {
    const { handle, mount, connected, host } = component();
    const unmount = mount();
    const socket = await connected();
    unmount();
    socket.end(1000);
    await host.pass(MINUTE_MS);
    expect(socket.closedWith).toBe(1000);
    expect([host.timers.size, host.subscribers.size, socket.listeners]).toEqual([0, 0, 0]);
    expect(handle.snapshot()).toEqual(FIRST_ATTEMPT);
  });

  it("makes one socket where it is mounted, unmounted and mounted in one task", async () => {
    const { mount, sockets } = component();
    mount()();
    mount();
    await settled();
    expect(sockets).toHaveLength(1);
  });

  it("gives a mount with another URL a socket of its own, and shows what that has", async () => {
    const { handle, host, rerender, connected, live } = component();
    handle.live();
    const unmount = handle.mount();
    await connected();
    const shown: SocketState[] = [];
    handle.subscribe(() => shown.push(handle.snapshot()));
    unmount();
    rerender({}, `${CHAT_URL}/other`);
    handle.mount();
    expect(shown).toEqual([FIRST_ATTEMPT]);
    await connected();
    await host.pass(0);
    expect(live().map(({ address }) => address)).toEqual([`${CHAT_URL}/other`]);
    expect(shown.map(({ status }) => status)).toEqual(["connecting", "open"]);
  });

  it("tells a component that is gone nothing of the end of its socket", async () => {
    const onState = vi.fn();
    const { handle, mount, connected } = component({ onState });
    const unmount = mount();
    await connected();
    const listener = vi.fn();
    handle.subscribe(listener);
    onState.mockClear();
    unmount();
    expect(onState).not.toHaveBeenCalled();
    expect(listener).not.toHaveBeenCalled();
  });

  it("keeps a later mount's socket when an earlier one unmounts a second time", async () => {
    const { handle, mount, connected } = component();
    const unmount = mount();
    unmount();
    mount();
    await connected();
    unmount();
    expect(handle.snapshot().status).toBe("open");
  });

  it("shows a component what its socket does, until it wants no more", async () => {
    const { handle, mount, connected } = component();
    mount();
    const shown: string[] = [];
    const listener = (): void => void shown.push(handle.snapshot().status);
    const off = handle.subscribe(listener);
    handle.subscribe(listener);
    const socket = await connected();
    off();
    socket.end(1011);
    expect(shown).toEqual(["open", "open", "waiting"]);
  });
});

describe("what a component does with its handle", () => {
  it("sends before the mount over the socket that the mount has", async () => {
    const { handle, connected, sockets } = component();
    handle.live();
    expect(handle.send(userMessage("early"))).toBe("queued");
    handle.mount();
    expect((await connected()).messages).toEqual(["early"]);
    expect(sockets).toHaveLength(1);
  });

  it("reconnects with a new attempt, and keeps on", async () => {
    const { handle, mount, connected, live, sockets } = component();
    mount();
    await connected();
    handle.reconnect();
    await settled();
    expect(sockets).toHaveLength(2);
    expect(live()).toHaveLength(1);
    expect(handle.snapshot()).toEqual(FIRST_ATTEMPT);
  });

  it("has no socket brought back by what comes after the unmount", async () => {
    const { handle, mount, host, sockets } = component();
    mount()();
    expect(handle.send(userMessage("late"))).toBe("dropped");
    handle.reconnect();
    expect(handle.rendered("q1")).not.toThrow();
    await settled();
    expect(sockets).toEqual([]);
    expect([host.timers.size, host.subscribers.size]).toEqual([0, 0]);
  });

  it("sends again after another mount", async () => {
    const { handle, mount, connected } = component();
    mount()();
    mount();
    handle.send(userMessage("m1"));
    expect((await connected()).messages).toEqual(["m1"]);
  });

  it("has the user's seeing of a message twice measured, and not of one that was gone between", () => {
    const noticed = vi.fn();
    const { handle, mount } = component({ sockscope: observerWith(noticed) });
    mount();
    handle.rendered("q1")();
    handle.rendered("q1");
    expect(noticed).not.toHaveBeenCalled();
    handle.rendered("q1");
    expect(noticed.mock.calls).toEqual([["duplicate rendered"]]);
  });
});

describe("listeners", () => {
  it("are told of every message, each as often as it was added, until they want no more", async () => {
    const onMessage = vi.fn();
    const { handle, mount, connected } = component({ onMessage });
    mount();
    const listener = vi.fn();
    const off = handle.onMessage(listener);
    handle.onMessage(listener);
    const socket = await connected();
    off();
    socket.receive(answer("m1"));
    expect(listener).toHaveBeenCalledTimes(3);
    expect(onMessage).toHaveBeenCalledTimes(2);
    expect(onMessage.mock.lastCall).toEqual([{ frame: JSON.parse(answer("m1")), data: answer("m1") }]);
  });

  it("are told of the messages of a later mount, too", async () => {
    const { handle, mount, connected } = component();
    const listener = vi.fn();
    handle.onMessage(listener);
    mount()();
    mount();
    await connected();
    expect(listener).toHaveBeenCalledOnce();
  });

  it("are told though one of them, or the component, throws", async () => {
    const { handle, mount, connected } = component({ onMessage: broken });
    mount();
    const listener = vi.fn();
    handle.onMessage(broken);
    handle.onMessage(listener);
    await connected();
    expect(listener).toHaveBeenCalledOnce();
    expect(error).toHaveBeenCalledTimes(2);
  });

  it("that leave as they are told keep no other from being told", async () => {
    const { handle, mount, connected } = component();
    mount();
    const off = handle.onMessage(() => off());
    const listener = vi.fn();
    handle.onMessage(listener);
    await connected();
    expect(listener).toHaveBeenCalledOnce();
  });

  it("see a state though the component throws at it", async () => {
    const { handle, mount, connected } = component({ onState: broken });
    mount();
    const shown: string[] = [];
    handle.subscribe(() => shown.push(handle.snapshot().status));
    (await connected()).end(1011);
    expect(shown).toEqual(["open", "waiting"]);
    expect(error).toHaveBeenCalledTimes(2);
  });

  it("of dropped frames that throw end nothing", async () => {
    const { mount, connected, handle } = component({ onDropped: broken });
    mount();
    const socket = await connected();
    for (let copy = 0; copy < 2; copy++) socket.receive(answer("m1"));
    expect(error).toHaveBeenCalledOnce();
    expect(handle.snapshot().status).toBe("open");
  });
});

describe("what a component gives later", () => {
  it("is told instead of what it gave at first", async () => {
    const { mount, rerender, connected } = component({
      onMessage: broken,
      onState: broken,
      onDropped: broken,
    });
    mount();
    const now = { onMessage: vi.fn(), onState: vi.fn(), onDropped: vi.fn() };
    rerender(now);
    const socket = await connected();
    for (let copy = 0; copy < 2; copy++) socket.receive(answer("m1"));
    expect(now.onMessage).toHaveBeenCalledTimes(2);
    expect(now.onState.mock.calls).toEqual([[expect.objectContaining({ status: "open" })]]);
    expect(now.onDropped.mock.calls).toEqual([[{ why: "duplicate", data: answer("m1") }]]);
    expect(error).not.toHaveBeenCalled();
  });

  it("is told though it gave nothing to be told at first", async () => {
    const { mount, rerender, connected } = component();
    mount();
    const onMessage = vi.fn();
    rerender({ onMessage });
    await connected();
    expect(onMessage).toHaveBeenCalledOnce();
  });

  it("is asked at each attempt, where it gave a function at first", async () => {
    const options = (name: string): Options => ({
      refreshAccessToken: () => name,
      protocols: (token) => `protocol.${token}`,
      hello: () => `hello ${name}`,
    });
    const url = (name: string) => (token: string | undefined) => `${CHAT_URL}?${name}=${token}`;
    const { mount, rerender, connected, host } = component(options("one"), url("a"));
    mount();
    const first = await connected();
    rerender(options("two"), url("b"));
    first.end(1011);
    await host.pass(2_000);
    const second = await connected();
    expect([first, second].map(({ address, protocols, sent }) => [address, protocols, sent[0]])).toEqual([
      [`${CHAT_URL}?a=one`, "protocol.one", "hello one"],
      [`${CHAT_URL}?b=two`, "protocol.two", "hello two"],
    ]);
  });

  it("makes no other socket", async () => {
    const { mount, rerender, connected, sockets } = component({ protocols: "one" });
    mount();
    const socket = await connected();
    rerender({ protocols: "two" });
    await settled();
    expect(sockets).toHaveLength(1);
    expect(socket.closedWith).toBeUndefined();
  });

  it("counts from the next mount on where it is no function", async () => {
    const { mount, rerender, connected } = component({ protocols: "one" });
    const unmount = mount();
    await connected();
    unmount();
    rerender({ protocols: "two" });
    mount();
    expect((await connected()).protocols).toBe("two");
  });

  it("is no hello where it gives none any more", async () => {
    const { mount, rerender, connected, host, handle } = component({ hello: () => "hello" });
    mount();
    const first = await connected();
    rerender({});
    first.end(1011);
    await host.pass(2_000);
    expect((await connected()).sent).toEqual([]);
    expect(handle.snapshot().status).toBe("open");
    expect(error).not.toHaveBeenCalled();
  });
});

describe("a component's heartbeat", () => {
  it("sends the ping that was given last, or else the usual one, at the times that were given first", async () => {
    const { mount, rerender, connected, host } = component({ heartbeat: { intervalMs: 1_000 } });
    mount();
    const socket = await connected();
    await host.pass(0);
    rerender({ heartbeat: { intervalMs: 9_000, ping: (id) => `ping ${id}` } });
    await host.pass(1_000);
    for (const later of [{ heartbeat: false } as const, {}]) {
      rerender(later);
      await host.pass(1_000);
    }
    const usual = (id: number): string => JSON.stringify({ type: "ping", id });
    expect(socket.sent).toEqual([usual(1), "ping 2", usual(3), usual(4)]);
  });

  it("is the usual one where it says nothing of it", async () => {
    const { mount, connected, host } = component();
    mount();
    const socket = await connected();
    await host.pass(0);
    expect(socket.sent).toEqual(['{"type":"ping","id":1}']);
  });

  it("is none where it wants none", async () => {
    const { mount, connected, host } = component({ heartbeat: false });
    mount();
    const socket = await connected();
    await host.pass(MINUTE_MS);
    expect(socket.sent).toEqual([]);
  });
});
