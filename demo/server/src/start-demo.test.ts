import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import {
  SERVER_CLOSES,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_REFUSED,
  SERVER_FRAMES_SENT,
} from "@sockscope/catalog";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PageNotBuiltError } from "./http/page-not-built-error.ts";
import { startDemo } from "./start-demo.ts";
import {
  ChatClient,
  login,
  post,
  setCookieOf,
  startTestDemo,
  type TestDemo,
  THREAD,
  webSocket,
} from "./testing/demo.test-support.ts";

const SESSION_MS = 3_600_000;

let demo: TestDemo;
beforeEach(async () => {
  demo = await startTestDemo();
});
afterEach(async () => {
  const closed = demo.close();
  demo.time.advance(SESSION_MS);
  await closed;
});

async function loggedIn(): Promise<{ client: ChatClient; cookie: string }> {
  const cookie = await login(demo);
  return { client: await ChatClient.connect(demo, cookie), cookie };
}

async function metrics(): Promise<string> {
  return (await fetch(`${demo.metricsUrl}/metrics`)).text();
}

describe("the page", () => {
  it("is served with a session cookie that scripts cannot read and other sites cannot send", async () => {
    const response = await fetch(demo.pageUrl);
    expect(await response.text()).toContain("Test page");
    expect(response.headers.getSetCookie()[0]).toMatch(/; HttpOnly; SameSite=Strict$/);
  });

  it("keeps a valid session when it is loaded again", async () => {
    const cookie = await login(demo);
    expect(setCookieOf(await fetch(demo.pageUrl, { headers: { cookie } }))).toBeUndefined();
  });

  it("tells where the collector is, and may connect there", async () => {
    const response = await fetch(`${demo.pageUrl}/config.json`);
    expect(await response.json()).toEqual({ collector: "http://collector.test:4000/base", app: "chat" });
    expect(response.headers.get("content-security-policy")).toContain(
      "connect-src 'self' http://collector.test:4000;",
    );
  });

  it("fails to start when it is not built", async () => {
    const start = startDemo({ collectorUrl: "http://collector.test", pageDir: "/nowhere" });
    await expect(start).rejects.toThrow(PageNotBuiltError);
  });
});

describe("the handshake", () => {
  it.each([
    ["404", "the path is another one", "/other", () => demo.pageUrl],
    ["404", "the path is no URL", "//", () => demo.pageUrl],
    ["403", "the origin is another host", "/ws", () => "https://evil.example"],
    ["403", "the origin is not a URL", "/ws", () => "null"],
  ])("is refused with %s when %s", async (status, _, path, origin) => {
    const socket = webSocket(demo, path, { origin: origin(), cookie: await login(demo) });
    const [, response] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage];
    expect(response.statusCode).toBe(Number(status));
    expect(await json(response)).toEqual({
      code: expect.stringMatching(/^DEMO_ERR_/),
      message: expect.any(String),
    });
  });

  it("is accepted and closed 4401 when there is no session", async () => {
    const client = await ChatClient.connect(demo, "");
    expect(await client.closed).toEqual({ code: 4401, reason: "authentication_required" });
  });

  it("is accepted and closed 4401 when the token was signed by somebody else", async () => {
    const [name] = (await login(demo)).split("=", 1);
    const forged = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290IiwiZXhwIjo5OTk5OTk5OTk5fQ.";
    const client = await ChatClient.connect(demo, `${name}=${forged}`);
    expect(await client.closed).toEqual({ code: 4401, reason: "authentication_required" });
  });
});

describe("the session", () => {
  it("closes an open connection 4401 when its token expires", async () => {
    const { client } = await loggedIn();
    demo.time.advance(SESSION_MS);
    expect(await client.closed).toEqual({ code: 4401, reason: "authentication_expired" });
  });

  it("closes the user's connections, and nobody else's, when it is expired on demand", async () => {
    const { client, cookie } = await loggedIn();
    const other = await loggedIn();
    const response = await post(demo, "/session/expire", cookie);
    expect(response.status).toBe(204);
    expect(await client.closed).toEqual({ code: 4401, reason: "authentication_expired" });
    await other.client.hello();
  });

  it("does not let the user in again until it is renewed", async () => {
    const expired = setCookieOf(await post(demo, "/session/expire", await login(demo))) ?? "";
    const refused = await ChatClient.connect(demo, expired);
    expect(await refused.closed).toEqual({ code: 4401, reason: "authentication_expired" });
    const response = await post(demo, "/session/renew", expired);
    await (await ChatClient.connect(demo, setCookieOf(response) ?? "")).hello();
  });

  it("says for how many seconds it serves when it is renewed", async () => {
    const response = await post(demo, "/session/renew", await login(demo));
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ expires_in: 900 });
  });

  it.each(["/session/expire", "/session/renew", "/fault/internal-error"])(
    "cannot be touched by another site through %s",
    async (path) => {
      const { client, cookie } = await loggedIn();
      const response = await post(demo, path, cookie, "https://evil.example");
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: "DEMO_ERR_ORIGIN" });
      await client.hello();
    },
  );
});

describe("faults and the end", () => {
  it("closes the user's connections 1011 on demand", async () => {
    const { client, cookie } = await loggedIn();
    expect((await post(demo, "/fault/internal-error", cookie)).status).toBe(204);
    expect(await client.closed).toEqual({ code: 1011, reason: "internal_error" });
  });

  it("closes a connection 1011 and logs why when answering it fails", async () => {
    await demo.close();
    let isBroken = false;
    demo = await startTestDemo({
      random: () => {
        if (isBroken) throw new Error("out of dice");
        return 0.5;
      },
    });
    const { client } = await loggedIn();
    await client.hello();
    isBroken = true;
    client.say("Hello?", "message-1");
    expect(await client.closed).toEqual({ code: 1011, reason: "internal_error" });
    expect(demo.lines).toContainEqual({
      event: "error",
      correlation_id: expect.any(String),
      message: "Error: out of dice",
    });
    isBroken = false;
  });

  it("closes every connection 1012 when it drains", async () => {
    const { client } = await loggedIn();
    const drained = demo.close();
    expect(await client.closed).toEqual({ code: 1012, reason: expect.stringContaining("restart ") });
    await drained;
    await expect(fetch(demo.pageUrl)).rejects.toThrow();
    demo = await startTestDemo();
  });

  it("tells clients to come back at different moments when it drains", async () => {
    await demo.close();
    const dice: number[] = [];
    demo = await startTestDemo({ random: () => dice.pop() ?? 0.5 });
    const clients = [(await loggedIn()).client, (await loggedIn()).client];
    dice.push(0.75, 0.25);
    const drained = demo.close();
    const closed = await Promise.all(clients.map((client) => client.closed));
    expect(closed.map(({ reason }) => reason)).toEqual([
      "restart retry_after_ms=500",
      "restart retry_after_ms=1500",
    ]);
    await drained;
    demo = await startTestDemo();
  });

  it("drains in bounded time when a peer does not answer", async () => {
    const { client } = await loggedIn();
    client.freeze();
    const drained = demo.close();
    demo.time.advance(5000);
    await drained;
    demo = await startTestDemo();
  });
});

describe("what is measured", () => {
  it("tells connections, frames and closes to Prometheus", async () => {
    const { client } = await loggedIn();
    await client.hello();
    client.send("nonsense");
    await client.next("error");
    client.say("Hello?", "message-1", "00000000-0000-4000-8000-000000000000");
    await client.next("error");
    expect(await metrics()).toContain(`${SERVER_CONNECTIONS_ACTIVE.name}{app="chat",route="/ws"} 1`);
    client.send(Buffer.from([1]));
    await client.closed;
    const text = await metrics();
    expect(text).toContain(`${SERVER_FRAMES_RECEIVED.name}{app="chat",event="client_hello"} 1`);
    expect(text).toContain(`${SERVER_FRAMES_RECEIVED.name}{app="chat",event="other"} 2`);
    expect(text).toContain(`${SERVER_FRAMES_SENT.name}{app="chat",event="rehydration"} 1`);
    expect(text).toContain(`${SERVER_FRAMES_SENT.name}{app="chat",event="error"} 2`);
    expect(text).toContain(`${SERVER_FRAMES_REFUSED.name}{app="chat",reason="invalid"} 1`);
    expect(text).toContain(`${SERVER_FRAMES_REFUSED.name}{app="chat",reason="forbidden"} 1`);
    expect(text).toContain(`${SERVER_CLOSES.name}{app="chat",code="1003",reason="unsupported_data"}`);
  });

  it("has no more series than the demo says, whatever clients make up", async () => {
    await demo.close();
    demo = await startTestDemo({ limits: { frameBurst: 10_000, maxThreadsPerConnection: 10_000 } });
    const { client } = await loggedIn();
    for (let at = 0; at < 2_000; at += 1) {
      client.send(`{"type":"made_up_${at}"}`);
      client.send(
        `{"type":"client_hello","thread_id":"${String(at).padStart(8, "0")}-0000-4000-8000-000000000000"}`,
      );
      if (at % 500 === 0) await client.rest();
    }
    for (const code of [3000, 3999, 4000, 4567, 4999]) (await loggedIn()).client.close(code);
    await client.rest();
    const series = (await metrics()).split("\n").filter((line) => line.startsWith("ws_"));
    expect(series.length).toBeLessThanOrEqual(demo.maxSeries);
  });

  it("is not on the page's listener", async () => {
    expect((await fetch(`${demo.pageUrl}/metrics`)).status).toBe(404);
    expect((await fetch(`${demo.metricsUrl}/healthz`)).status).toBe(200);
  });

  it("logs a line per connect and close that share a correlation id", async () => {
    const { client } = await loggedIn();
    await client.hello();
    await demo.close();
    const [connect, close] = demo.lines as { correlation_id: string }[];
    expect(connect).toMatchObject({ event: "connect", route: "/ws", auth_method: "cookie" });
    expect(close).toMatchObject({ event: "close", code: 1012, reason: "restart", thread_id: THREAD });
    expect(close?.correlation_id).toBe(connect?.correlation_id);
    demo = await startTestDemo();
  });
});
