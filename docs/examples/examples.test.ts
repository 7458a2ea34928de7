import cluster from "node:cluster";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import {
  CONNECT_ATTEMPTS,
  SERVER_CLOSES,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_FRAMES_RECEIVED,
  SERVER_HANDSHAKES_REJECTED,
} from "@sockscope/catalog";
import { counterLine, seriesText } from "@sockscope/catalog/protocol";
import { catalogOf, pageModule, readConfig } from "@sockscope/config";
import { type Connection, instrumentServer } from "@sockscope/server";
import { Registry } from "prom-client";
import { Server as SocketIoServer } from "socket.io";
import { io as connectSocketIo } from "socket.io-client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { parse } from "yaml";
import { measuredBehavior } from "./callback-server.ts";
import { runPrimary, runWorker } from "./cluster-server.ts";
import { instrumentChat } from "./server.ts";
import { measureSocketIo } from "./socket-io-server.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the browser example", () => {
  it("reports what becomes of its socket, to its collector and for its app", async () => {
    const sockets: EventTarget[] = [];
    const sent: { url: string; lines: readonly string[] }[] = [];
    class FakeWebSocket extends EventTarget {
      readyState = 0;
      send(): void {}
      close(): void {}
      constructor() {
        super();
        sockets.push(this);
      }
    }
    vi.stubGlobal("WebSocket", FakeWebSocket);
    vi.stubGlobal("fetch", async (url: string, { body }: { body: string }) => {
      sent.push({ url, lines: body.split("\n") });
      return new Response(null, { status: 204 });
    });
    const { sockscope } = await import("./browser.ts");
    const [socket] = sockets;
    socket?.dispatchEvent(Object.assign(new Event("close"), { code: 1006 }));
    await sockscope.flush();
    await sockscope.stop();
    expect(sockets).toHaveLength(1);
    expect(sent[0]?.url).toMatch(/^https:\/\/telemetry\.example\.com\/v1\/batches\/[0-9a-f]{32}\?app=chat$/);
    expect(sent[0]?.lines).toContain(
      counterLine(seriesText(CONNECT_ATTEMPTS.name, ["failed", "initial"]), 1),
    );
  });
});

describe("the chat socket's example", () => {
  it("connects with a token, says hello, and shows its states", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const renewed: string[] = [];
    vi.stubGlobal("fetch", async (url: string) => {
      renewed.push(url);
      return new Response(null, { status: 204 });
    });
    vi.stubGlobal(
      "WebSocket",
      class extends WebSocket {
        constructor() {
          super(`ws://127.0.0.1:${port}`);
        }
      },
    );
    const hello = once(server, "connection").then(([socket]) => once(socket, "message"));
    const { chat, sockscope } = await import("./chat-socket.ts");
    expect(String((await hello)[0])).toContain("client_hello");
    chat.close();
    await sockscope.stop();
    expect(renewed[0]).toContain("/session/renew");
    expect(log.mock.calls.flat()).toEqual(["open", "closed"]);
    for (const socket of server.clients) socket.terminate();
    server.close();
  });

  it("has a hook that says what a server renders", async () => {
    vi.stubGlobal("WebSocket", EventTarget);
    vi.stubGlobal("fetch", async () => new Response(null, { status: 204 }));
    const [{ Chat }, { renderToString }, { createElement }] = await Promise.all([
      import("./chat-hook.ts"),
      import("react-dom/server"),
      import("react"),
    ]);
    expect(renderToString(createElement(Chat))).toBe("<main></main>");
  });
});

describe("the examples of sinks", () => {
  it.each([
    ["OpenTelemetry", () => import("./opentelemetry.ts")],
    ["Datadog", () => import("./datadog.ts")],
  ])("start, also where %s does not run", async (_, example) => {
    vi.stubGlobal("WebSocket", EventTarget);
    vi.stubGlobal("fetch", async () => new Response(null, { status: 204 }));
    const { sockscope } = await example();
    await sockscope.stop();
    expect(sockscope.session).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("the server example", () => {
  it("measures real connections of ws and closes them for a restart", async () => {
    const http = createServer().listen(0, "127.0.0.1");
    const server = new WebSocketServer({ server: http, path: "/ws" });
    await once(http, "listening");
    const lines: { event: string; reason?: string }[] = [];
    vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(JSON.parse(line)));
    const registry = new Registry();
    const restart = instrumentChat(http, server, registry);
    const { port } = http.address() as AddressInfo;
    const elsewhere = new WebSocket(`ws://127.0.0.1:${port}/elsewhere`);
    await once(elsewhere, "error");
    const client = new WebSocket(`ws://127.0.0.1:${port}/ws`);
    const [frame] = (await once(client, "message")) as [Buffer];
    expect(JSON.parse(frame.toString())).toMatchObject({ event: "typing" });
    expect(await registry.metrics()).toContain(`${SERVER_CONNECTIONS_ACTIVE.name}{app="chat",route="/ws"} 1`);
    const closedByServer = Promise.all([...server.clients].map((socket) => once(socket, "close")));
    const drained = restart();
    const [code] = (await once(client, "close")) as [number];
    await Promise.all([closedByServer, drained]);
    expect(code).toBe(1012);
    expect(await registry.metrics()).toContain(
      `${SERVER_CLOSES.name}{app="chat",code="1012",reason="restart"} 1`,
    );
    expect(lines).toEqual([
      expect.objectContaining({ event: "reject", status: 400 }),
      expect.objectContaining({ event: "connect" }),
      expect.objectContaining({ event: "close", reason: "restart" }),
    ]);
    expect(await registry.metrics()).toContain(
      `${SERVER_HANDSHAKES_REJECTED.name}{app="chat",status="400",credentials="absent"} 1`,
    );
    server.close();
    http.close();
  });
});

describe("the socket.io example", () => {
  it("measures real connections, and signs one out for good", async () => {
    const http = createServer().listen(0, "127.0.0.1");
    await once(http, "listening");
    const io = new SocketIoServer(http);
    const registry = new Registry();
    measureSocketIo(instrumentServer({ app: "chat", registry, routes: ["/chat"] }), io);
    const client = connectSocketIo(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
    client.emit("sign_out");
    const reason = await new Promise((resolve) => client.once("disconnect", resolve));
    expect(reason).toBe("io server disconnect");
    expect(await registry.metrics()).toContain(
      `${SERVER_CLOSES.name}{app="chat",code="4401",reason="authentication_expired"} 1`,
    );
    await io.close();
  });
});

describe("the example of a server that calls back", () => {
  it("measures what it is told", async () => {
    const registry = new Registry();
    const behavior = measuredBehavior(instrumentServer({ app: "chat", registry, routes: ["/ws"] }));
    const data: { connection?: Connection } = {};
    const ended: unknown[] = [];
    const socket = {
      getUserData: () => data,
      send: (text: string) => (text.includes("too much") ? 2 : 1),
      end: (...how: unknown[]) => {
        ended.push(how);
        behavior.close(socket, 1012);
      },
      close: () => behavior.close(socket, 1006),
      getBufferedAmount: () => 0,
    };
    behavior.open(socket);
    behavior.message(socket, Uint8Array.from(Buffer.from('{"type":"ping"}')).buffer, false);
    expect([data.connection?.send({ type: "pong" }), data.connection?.send("too much")]).toEqual([
      true,
      false,
    ]);
    data.connection?.close("restart");
    expect(ended).toEqual([[1012, "restart"]]);
    const exposed = await registry.metrics();
    expect(exposed).toContain(`${SERVER_FRAMES_RECEIVED.name}{app="chat",event="ping"} 1`);
    expect(exposed).toContain(`${SERVER_CLOSES.name}{app="chat",code="1012",reason="restart"} 1`);
  });
});

describe("the cluster example", () => {
  it("forks, and serves the sums of workers that have said nothing yet", async () => {
    const fork = vi.spyOn(cluster, "fork").mockReturnValue({} as never);
    const server = runPrimary(2, 0);
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const exposed = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(fork).toHaveBeenCalledTimes(2);
    expect(exposed).toContain(`# TYPE ${SERVER_CLOSES.name} counter`);
    server.close();
  });

  it("reports from its worker's start to its end", async () => {
    const sent: { isLast?: boolean }[] = [];
    const { send } = process;
    Object.assign(process, { send: (message: object) => sent.push(message) });
    const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
    const before = process.listeners("SIGTERM");
    runWorker(instrumentServer({ app: "chat", registry: new Registry(), routes: ["/ws"] }));
    const [onEnd] = process.listeners("SIGTERM").filter((listener) => !before.includes(listener));
    await onEnd?.("SIGTERM");
    process.off("SIGTERM", onEnd ?? expect.fail());
    Object.assign(process, { send });
    expect(sent.map(({ isLast }) => isLast)).toEqual([undefined, true]);
    expect(exit).toHaveBeenCalledOnce();
  });
});

describe("the scrape example", () => {
  it("honours the labels of every target", () => {
    const { scrape_configs } = parse(readFileSync(new URL("scrape.yml", import.meta.url), "utf8")) as {
      scrape_configs: { honor_labels?: boolean }[];
    };
    expect(scrape_configs).toHaveLength(2);
    expect(scrape_configs.every(({ honor_labels }) => honor_labels === true)).toBe(true);
  });
});

describe("the configuration example", () => {
  it("works, and brings what the text around it says", async () => {
    const file = fileURLToPath(new URL("./sockscope.config.json", import.meta.url));
    const config = await readConfig(file);
    const catalog = catalogOf(config);
    expect(catalog.closeReasons).toMatchObject({ signed_in_elsewhere: 4001 });
    expect(catalog.closeCodeLabel(4001)).toBe("4001");
    expect(pageModule(config)).toContain("export const ORDERS_PLACED");
  });
});
