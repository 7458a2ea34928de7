import { wireName } from "@sockscope/catalog/protocol";
import { HANDSHAKE_FAILURES } from "@sockscope/catalog/runtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { started } from "../testing/started.test-support.ts";
import {
  handshakeProbe,
  MAX_PROBED,
  MAX_PROBES,
  MIN_PROBE_INTERVAL_MS,
  PROBE_TIMEOUT_MS,
} from "./handshake-probe.ts";

const asked: { url: string; init: RequestInit }[] = [];
let answer: () => Promise<{ status: number }>;
let page: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  answer = async () => ({ status: 200 });
  page = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("location", { origin: "https://chat.example" });
  vi.stubGlobal("fetch", (url: URL, init: RequestInit) => {
    asked.push({ url: url.href, init });
    return Promise.race([
      answer(),
      new Promise((_, reject) => init.signal?.addEventListener("abort", () => reject(new Error("aborted")))),
    ]);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function setUp() {
  const { host, sockscope } = started({ probe: handshakeProbe("/healthz") });
  const fails = async (code = 1006) => {
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.end(code);
    await vi.advanceTimersByTimeAsync(0);
  };
  const causes = async () => {
    await sockscope.flush();
    const name = `${wireName(HANDSHAKE_FAILURES.name)}/`;
    return host.batches
      .flatMap(({ lines }) => lines)
      .filter((line) => line.startsWith(name))
      .map((line) => line.slice(name.length));
  };
  return { host, sockscope, fails, causes };
}

describe("a handshake probe", () => {
  it("asks the socket's own origin after two attempts in a row that never opened, and not after one", async () => {
    const { fails, causes } = setUp();
    await fails();
    expect(asked).toEqual([]);
    await fails();
    expect(asked.map(({ url }) => url)).toEqual(["https://chat.example/healthz"]);
    expect(asked[0]?.init).toMatchObject({ mode: "same-origin", redirect: "manual", cache: "no-store" });
    expect(await causes()).toEqual(["reachable 1"]);
  });

  it("begins anew when an attempt opened in between", async () => {
    const { sockscope, fails } = setUp();
    await fails();
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    socket.end(1006);
    await fails();
    expect(asked).toEqual([]);
  });

  it("does not count what the page itself gave up", async () => {
    const { sockscope } = setUp();
    for (let attempts = 0; attempts < 3; attempts++) {
      const socket = fakeWebSocket();
      sockscope.observe(socket);
      socket.close();
      socket.end(1006);
    }
    expect(asked).toEqual([]);
  });

  it.each([
    [401, "http_401"],
    [403, "http_403"],
    [404, "http_404"],
    [429, "http_429"],
    [500, "http_5xx"],
    [503, "http_5xx"],
    [200, "reachable"],
    [400, "reachable"],
    [0, "reachable"],
  ])("calls a %i %s", async (status, cause) => {
    answer = async () => ({ status });
    const { fails, causes } = setUp();
    await fails();
    await fails();
    expect(await causes()).toEqual([`${cause} 1`]);
  });

  it("finds nobody where the request fails, or has no answer in time", async () => {
    answer = () => Promise.reject(new TypeError("Failed to fetch"));
    const one = setUp();
    await one.fails();
    await one.fails();
    expect(await one.causes()).toEqual(["unreachable 1"]);
    answer = () => new Promise(() => {});
    const other = setUp();
    await other.fails();
    await other.fails();
    await vi.advanceTimersByTimeAsync(PROBE_TIMEOUT_MS);
    expect(await other.causes()).toEqual(["unreachable 1"]);
  });

  it("says that the page's policy blocked it", async () => {
    answer = async () => {
      const blockedURI = "https://chat.example/healthz";
      for (const uri of [blockedURI, "https://elsewhere.example/pixel"])
        page.dispatchEvent(Object.assign(new Event("securitypolicyviolation"), { blockedURI: uri }));
      throw new TypeError("Failed to fetch");
    };
    const { fails, causes } = setUp();
    await fails();
    await fails();
    expect(await causes()).toEqual(["blocked 1"]);
  });

  it("waits no longer when it has its answer", async () => {
    const { fails } = setUp();
    await fails();
    await fails();
    expect(asked).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("asks another origin without reading its answer", async () => {
    vi.stubGlobal("location", { origin: "https://shop.example" });
    const { fails } = setUp();
    await fails();
    await fails();
    expect(asked[0]?.init).toMatchObject({ mode: "no-cors" });
  });

  it("remembers which URLs failed of so many and no more", () => {
    const probe = handshakeProbe("/healthz");
    const fails = (path: number) => probe.neverOpened(`wss://chat.example/${path}`, () => {});
    for (let path = 0; path <= MAX_PROBED; path++) fails(path);
    fails(MAX_PROBED);
    expect(asked).toEqual([]);
    fails(0);
    expect(asked).toHaveLength(1);
  });

  it("asks seldom, and not for ever", async () => {
    const { fails } = setUp();
    await fails();
    await fails();
    await vi.advanceTimersByTimeAsync(MIN_PROBE_INTERVAL_MS - 1);
    await fails();
    expect(asked).toHaveLength(1);
    for (let minutes = 0; minutes < 2 * MAX_PROBES; minutes++) {
      await vi.advanceTimersByTimeAsync(MIN_PROBE_INTERVAL_MS);
      await fails();
    }
    expect(asked).toHaveLength(MAX_PROBES);
  });
});
