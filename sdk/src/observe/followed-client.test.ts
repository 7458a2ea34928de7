import { wireName } from "@sockscope/catalog/protocol";
import {
  CLOSES,
  CONNECT_ATTEMPTS,
  FRAMES_SENT,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { fakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { createTestPage, takenLines } from "../testing/test-page.test-support.ts";
import type { SocketLike } from "./shadow.ts";

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

/** A client that opens sockets of its own, as reconnecting-websocket and partysocket do; it has no URL before the first. */
class FakeClient extends EventTarget {
  url = "";
  readyState = CONNECTING;

  send(): void {}

  /** Tells of its end within the call, as partysocket does, whose code then is no number. */
  close(_code?: number): void {
    this.end("close");
  }

  /** Closes what it has and begins anew. */
  reconnect(): void {
    this.end(1000);
    this.readyState = CONNECTING;
  }

  open(): void {
    this.readyState = OPEN;
    this.dispatchEvent(new Event("open"));
  }

  receive(frame: string): void {
    this.dispatchEvent(new MessageEvent("message", { data: frame }));
  }

  end(code: unknown): void {
    this.readyState = CLOSED;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }

  /** Both clients make up a close when a socket fails, and then tell of the error. */
  fail(): void {
    this.end(1000);
    this.dispatchEvent(new Event("error"));
  }
}

const RECORDED = [CLOSES, CONNECT_ATTEMPTS, FRAMES_SENT, RECONNECT_EPISODES_STARTED, RECONNECT_EPISODES];

function setUp() {
  const host = new FakeHost();
  const { recorder, observations } = createTestPage(host);
  const observe = (): FakeClient => {
    const client = new FakeClient();
    observations.observe(client as unknown as SocketLike);
    return client;
  };
  const recorded = (): string[] =>
    takenLines(recorder)
      .filter((line) => RECORDED.some(({ name }) => line.startsWith(`${wireName(name)}/`)))
      .sort();
  return { host, observations, observe, recorded };
}

/** The task in which a client makes up a close is over. */
const taskIsOver = (): Promise<void> => Promise.resolve();

describe("a client that is followed connection by connection", () => {
  it("is not believed the close that it makes up for a handshake that failed", async () => {
    const { observe, recorded } = setUp();
    observe().fail();
    await taskIsOver();
    expect(recorded()).toEqual(
      [
        `${wireName(CONNECT_ATTEMPTS.name)}/failed/initial 1`,
        `${wireName(CLOSES.name)}/1006/never_opened/network 1`,
      ].sort(),
    );
  });

  it("goes on with its episode when an attempt in it fails", async () => {
    const { observe, recorded } = setUp();
    const client = observe();
    client.open();
    client.receive("{}");
    client.end(1012);
    await taskIsOver();
    client.fail();
    await taskIsOver();
    client.open();
    client.receive("{}");
    expect(recorded()).toEqual(
      [
        `${wireName(CONNECT_ATTEMPTS.name)}/opened/initial 1`,
        `${wireName(CLOSES.name)}/1012/opened/peer 1`,
        `${wireName(CONNECT_ATTEMPTS.name)}/failed/backoff 1`,
        `${wireName(CLOSES.name)}/1006/never_opened/network 1`,
        `${wireName(CONNECT_ATTEMPTS.name)}/opened/backoff 1`,
        `${wireName(RECONNECT_EPISODES_STARTED.name)}/close 1`,
        `${wireName(RECONNECT_EPISODES.name)}/recovered/close 1`,
      ].sort(),
    );
  });

  it("was closed by the page that called its close, though its event comes within the call", async () => {
    const { observe, recorded } = setUp();
    const client = observe();
    client.open();
    client.receive("{}");
    client.close();
    await taskIsOver();
    expect(recorded()).toEqual(
      [
        `${wireName(CONNECT_ATTEMPTS.name)}/opened/initial 1`,
        `${wireName(CLOSES.name)}/1000/opened/page 1`,
      ].sort(),
    );
  });

  it("was closed with the code that the page gave", async () => {
    const { observe, recorded } = setUp();
    const client = observe();
    client.open();
    client.receive("{}");
    client.close(4001);
    await taskIsOver();
    expect(recorded()).toContain(`${wireName(CLOSES.name)}/4001/opened/page 1`);
  });

  it("was not closed with the code that the page gave an earlier connection", async () => {
    const { observe, recorded } = setUp();
    const client = observe();
    client.open();
    client.receive("{}");
    client.close(4001);
    await taskIsOver();
    client.open();
    client.receive("{}");
    client.end("close");
    await taskIsOver();
    expect(recorded()).toContain(`${wireName(CLOSES.name)}/1000/opened/peer 1`);
  });

  it("was closed by the page that has it connect anew", async () => {
    const { observe, recorded } = setUp();
    const client = observe();
    client.open();
    client.receive("{}");
    client.reconnect();
    await taskIsOver();
    client.open();
    client.receive("{}");
    expect(recorded()).toEqual(
      [
        `${wireName(CONNECT_ATTEMPTS.name)}/opened/initial 1`,
        `${wireName(CLOSES.name)}/1000/opened/page 1`,
        `${wireName(CONNECT_ATTEMPTS.name)}/opened/backoff 1`,
      ].sort(),
    );
  });

  it("has sent what it keeps for its next connection", async () => {
    const { observe, recorded } = setUp();
    const client = observe();
    client.open();
    client.end(1012);
    await taskIsOver();
    recorded();
    (client as unknown as { send(frame: string): void }).send('{"type":"ping"}');
    expect(recorded()).toEqual([`${wireName(FRAMES_SENT.name)}/ping 1`]);
  });

  it("is not followed when its own sockets are observed, so that nothing counts twice", async () => {
    const { host, observations, observe, recorded } = setUp();
    const client = observe();
    const inner = fakeWebSocket();
    observations.observe(inner);
    host.clock += 20;
    client.url = inner.url;
    // The client tells of it within the event of its socket.
    inner.addEventListener("open", () => client.open());
    inner.open();
    inner.receive("{}");
    client.receive("{}");
    inner.end(1012);
    client.end(1012);
    await taskIsOver();
    expect(recorded()).toEqual(
      [
        `${wireName(CONNECT_ATTEMPTS.name)}/opened/initial 1`,
        `${wireName(CLOSES.name)}/1012/opened/peer 1`,
      ].sort(),
    );
  });

  it("is followed beside a socket with its URL that something happened to before", async () => {
    const { host, observations, observe, recorded } = setUp();
    const client = observe();
    const other = fakeWebSocket();
    observations.observe(other, { episode: "another" });
    other.open();
    host.clock += 50;
    client.url = other.url;
    client.open();
    client.receive("{}");
    expect(recorded()).toContain(`${wireName(CONNECT_ATTEMPTS.name)}/opened/initial 1`);
  });

  it("is followed beside a socket that says no URL either", async () => {
    const { observations, observe, recorded } = setUp();
    const client = observe();
    const other = fakeWebSocket();
    Object.defineProperty(other, "url", { value: "" });
    observations.observe(other);
    other.open();
    client.open();
    client.receive("{}");
    expect(recorded()).toContain(`${wireName(CONNECT_ATTEMPTS.name)}/opened/initial 1`);
  });

  it("has one connection less when it is closed and told to reconnect at once", async () => {
    const { observations } = setUp();
    const other = fakeWebSocket();
    const client = new FakeClient();
    observations.observe(other, { episode: "chat" });
    observations.observe(client as unknown as SocketLike, { episode: "chat" });
    other.open();
    client.open();
    client.receive("{}");
    client.close();
    client.reconnect();
    await taskIsOver();
    expect(observations.worstState()).toBe("connected");
  });

  it("is not followed either when the first of its own sockets fails", async () => {
    const { observations, observe, recorded } = setUp();
    const client = observe();
    const inner = fakeWebSocket();
    observations.observe(inner);
    client.url = inner.url;
    inner.addEventListener("close", () => client.fail());
    inner.end(1006);
    await taskIsOver();
    expect(recorded()).toEqual(
      [
        `${wireName(CONNECT_ATTEMPTS.name)}/failed/initial 1`,
        `${wireName(CLOSES.name)}/1006/never_opened/network 1`,
      ].sort(),
    );
  });

  it("has episodes of its own while it has no URL", async () => {
    const { observe, recorded } = setUp();
    const [one, another] = [observe(), observe()];
    for (const client of [one, another]) {
      client.open();
      client.receive("{}");
      client.end(1012);
    }
    await taskIsOver();
    for (const client of [one, another]) {
      client.open();
      client.receive("{}");
    }
    expect(recorded()).toEqual(
      [
        `${wireName(CONNECT_ATTEMPTS.name)}/opened/initial 2`,
        `${wireName(CLOSES.name)}/1012/opened/peer 2`,
        `${wireName(CONNECT_ATTEMPTS.name)}/opened/backoff 2`,
        `${wireName(RECONNECT_EPISODES_STARTED.name)}/close 2`,
        `${wireName(RECONNECT_EPISODES.name)}/recovered/close 2`,
      ].sort(),
    );
  });
});
