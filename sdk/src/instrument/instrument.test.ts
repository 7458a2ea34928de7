import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { instrument, observedWebSocket } from "./instrument.ts";

/** A browser's constructor as far as identity goes. */
function nativeLike() {
  class WebSocket extends EventTarget {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    readonly url: string;
    readonly protocols: unknown;
    constructor(url: string, protocols?: unknown) {
      if (url === "") throw new SyntaxError("no URL");
      super();
      this.url = url;
      this.protocols = protocols;
    }
  }
  return WebSocket as unknown as typeof globalThis.WebSocket;
}

let native: typeof WebSocket;
let target: { WebSocket: typeof WebSocket };
let observed: unknown[];
const sockscope = {
  observe: (socket: unknown) => {
    observed.push(socket);
    return { stop: () => {}, gaveUp: () => {}, unwanted: () => {}, lost: () => {} };
  },
};
let undo = (): void => {};

beforeEach(() => {
  native = nativeLike();
  target = { WebSocket: native };
  observed = [];
});
afterEach(() => undo());

describe("an instrumented constructor", () => {
  it("makes the browser's own sockets, and observes each once", () => {
    undo = instrument(sockscope, { target });
    const socket = new target.WebSocket("wss://chat.example/ws", ["v2", "v1"]);
    expect(observed).toEqual([socket]);
    expect(Object.getPrototypeOf(socket)).toBe(native.prototype);
    expect((socket as unknown as { protocols: unknown }).protocols).toEqual(["v2", "v1"]);
  });

  it("is the browser's in whatever code asks it", () => {
    undo = instrument(sockscope, { target });
    const { WebSocket } = target;
    const socket = new WebSocket("wss://chat.example/ws");
    expect(WebSocket).not.toBe(native);
    expect([WebSocket.CONNECTING, WebSocket.OPEN, WebSocket.name, WebSocket.length]).toEqual([
      0,
      1,
      "WebSocket",
      native.length,
    ]);
    expect([socket instanceof WebSocket, socket instanceof native]).toEqual([true, true]);
    expect(WebSocket.prototype).toBe(native.prototype);
    expect(socket.constructor).toBe(WebSocket);
    expect(Function.prototype.toString.call(WebSocket)).toContain("[native code]");
    expect([String(WebSocket), `${WebSocket.toString()}`]).toEqual([String(native), String(native)]);
    expect(() => (WebSocket as unknown as () => void)()).toThrow(TypeError);
    expect(Object.keys(globalThis)).not.toContain("WebSocket");
  });

  it("lets subclasses be what they are, and observes their sockets", () => {
    undo = instrument(sockscope, { target });
    class Chat extends target.WebSocket {
      readonly room = "lobby";
    }
    const chat = new Chat("wss://chat.example/ws");
    expect([chat.room, chat instanceof Chat, observed]).toEqual(["lobby", true, [chat]]);
  });

  it("throws what the browser throws, and observes nothing then", () => {
    undo = instrument(sockscope, { target });
    expect(() => new target.WebSocket("")).toThrow(SyntaxError);
    expect(observed).toEqual([]);
  });

  it.each([[null], [undefined], [""], [0]])("does not observe what a match answers %j for", (answer) => {
    undo = instrument(sockscope, { target, match: () => answer as unknown as boolean });
    new target.WebSocket("wss://chat.example/ws");
    const Observed = observedWebSocket(sockscope, {
      WebSocket: native,
      match: () => answer as unknown as boolean,
    });
    new Observed("wss://chat.example/ws");
    expect(observed).toEqual([]);
  });

  it("observes only what matches, and nothing where matching throws", () => {
    undo = instrument(sockscope, {
      target,
      match: (url) => {
        if (url.endsWith("/bad")) throw new Error("fault of the page");
        return url.endsWith("/ws");
      },
    });
    const socket = new target.WebSocket("wss://chat.example/ws");
    new target.WebSocket("wss://chat.example/vite-hmr");
    expect(() => new target.WebSocket("wss://chat.example/bad")).not.toThrow();
    expect(observed).toEqual([socket]);
  });

  it("says what the connection is for, where it is told", () => {
    const options: unknown[] = [];
    const observer = { observe: (_socket: object, given?: unknown) => options.push(given) };
    undo = instrument(observer as never, { target, episode: (url) => new URL(url).host });
    new target.WebSocket("wss://chat.example/echo/000/k3f9/websocket");
    expect(options).toEqual([{ episode: "chat.example" }]);
  });

  it("leaves a page alone whose constructor is missing or cannot be replaced", () => {
    const warnings = vi.spyOn(console, "warn").mockImplementation(() => {});
    expect(() => instrument(sockscope, { target: {} as never })()).not.toThrow();
    const frozen = Object.freeze({ WebSocket: native });
    expect(() => instrument(sockscope, { target: frozen })()).not.toThrow();
    expect(warnings).toHaveBeenCalledTimes(2);
    expect(native.prototype.constructor).toBe(native);
    warnings.mockRestore();
  });

  it("survives an observer that throws", () => {
    undo = instrument(
      {
        observe: () => {
          throw new Error("fault");
        },
      },
      { target },
    );
    expect(() => new target.WebSocket("wss://chat.example/ws")).not.toThrow();
  });

  it("is taken back without a trace", () => {
    const before = Object.getOwnPropertyDescriptor(target, "WebSocket");
    const constructorBefore = Object.getOwnPropertyDescriptor(native.prototype, "constructor");
    instrument(sockscope, { target })();
    expect(Object.getOwnPropertyDescriptor(target, "WebSocket")).toEqual(before);
    expect(Object.getOwnPropertyDescriptor(native.prototype, "constructor")).toEqual(constructorBefore);
  });

  it("stays underneath, and observes nothing, where another library replaced it meanwhile", () => {
    const takeBack = instrument(sockscope, { target });
    const ours = target.WebSocket;
    const theirs = new Proxy(ours, {});
    target.WebSocket = theirs;
    takeBack();
    expect(target.WebSocket).toBe(theirs);
    new target.WebSocket("wss://chat.example/ws");
    expect(observed).toEqual([]);
  });
});

describe("a constructor for a client's option", () => {
  it("observes its sockets and leaves the page's constructor alone", () => {
    const Observed = observedWebSocket(sockscope, { WebSocket: native });
    const socket = new Observed("wss://chat.example/ws");
    expect(observed).toEqual([socket]);
    expect(native.prototype.constructor).toBe(native);
  });
});
