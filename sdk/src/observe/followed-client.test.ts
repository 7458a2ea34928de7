import { wireName } from "@sockscope/catalog/protocol";
import {
  CLOSES,
  CONNECT_ATTEMPTS,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { createTestPage, takenLines } from "../testing/test-page.test-support.ts";
import type { SocketLike } from "./shadow.ts";

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

/** A client that opens sockets of its own, as reconnecting-websocket and partysocket do; it has no URL before the first. */
class FakeClient extends EventTarget {
  readonly url = "";
  readyState = CONNECTING;

  send(): void {}

  /** Tells of its end within the call, as partysocket does, whose code then is no number. */
  close(): void {
    this.end("close");
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

const RECORDED = [CLOSES, CONNECT_ATTEMPTS, RECONNECT_EPISODES_STARTED, RECONNECT_EPISODES];

function setUp() {
  const { recorder, observations } = createTestPage(new FakeHost());
  const observe = (): FakeClient => {
    const client = new FakeClient();
    observations.observe(client as unknown as SocketLike);
    return client;
  };
  const recorded = (): string[] =>
    takenLines(recorder)
      .filter((line) => RECORDED.some(({ name }) => line.startsWith(`${wireName(name)}/`)))
      .sort();
  return { observe, recorded };
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
