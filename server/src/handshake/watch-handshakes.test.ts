import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectSecurely } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ServerOptions, WebSocketServer } from "ws";
import { movedSeries } from "../testing/exposition.test-support.ts";
import { type Instrumented, instrumented } from "../testing/instrumented.test-support.ts";
import { type Moves, rejected } from "../testing/moves.test-support.ts";
import type { UpgradingServer } from "./watch-handshakes.ts";

/** A key that both ends know, so that TLS needs no certificate. */
const SECRET = Buffer.from("0123456789abcdef");
const TLS = { ciphers: "PSK-AES128-GCM-SHA256", maxVersion: "TLSv1.2" } as const;

const UPGRADE = {
  host: "localhost",
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

const SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

function requestText(path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}

/** A server that is watched, and ends with the test. */
interface Watched extends Instrumented {
  readonly server: Server;
  readonly streams: Duplex[];
  /** Asks for an upgrade and resolves with the whole answer. */
  ask(headers?: Readonly<Record<string, string>>, path?: string): Promise<string>;
  dial(): Socket;
  stopWatching(): void;
}

async function watched(options: Parameters<Instrumented["instrumentation"]["watchHandshakes"]>[1] = {}) {
  return listening(createServer(), (port) => connect(port, "127.0.0.1"), options);
}

async function listening(
  server: Server,
  dialPort: (port: number) => Socket,
  options: Parameters<Instrumented["instrumentation"]["watchHandshakes"]>[1] = {},
): Promise<Watched> {
  const measuring = instrumented();
  const streams: Duplex[] = [];
  server.on("upgrade", (_, stream) => {
    streams.push(stream);
    stream.on("error", () => {});
  });
  const stopWatching = measuring.instrumentation.watchHandshakes(server as UpgradingServer, options);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const dialed: Socket[] = [];
  onTestFinished(() => {
    for (const stream of [...streams, ...dialed]) stream.destroy();
    server.close();
  });
  const dial = (): Socket => {
    const socket = dialPort((server.address() as AddressInfo).port);
    socket.on("error", () => {});
    dialed.push(socket);
    return socket;
  };
  return {
    ...measuring,
    server,
    streams,
    dial,
    stopWatching,
    ask: async (headers = {}, path = "/ws") => {
      const socket = dial();
      const answer = whole(socket);
      socket.write(requestText(path, { ...UPGRADE, ...headers }));
      return answer;
    },
  };
}

async function whole(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  await once(socket, "close");
  return text;
}

/** Answers every upgrade by hand. */
function answerWith(server: Server, answer: (stream: Duplex) => void): void {
  server.on("upgrade", (_, stream: Duplex) => answer(stream));
}

describe("refusals of ws itself", () => {
  const refusals: readonly (readonly [string, ServerOptions, Record<string, string>, string])[] = [
    ["a verifyClient that says no", { verifyClient: () => false }, {}, "401"],
    ["a verifyClient that says why", { verifyClient: (_, say) => say(false, 403, "no") }, {}, "403"],
    [
      "a verifyClient with a status that nobody expects",
      { verifyClient: (_, say) => say(false, 418) },
      {},
      "other",
    ],
    ["a version that ws does not speak", {}, { "sec-websocket-version": "7" }, "400"],
    ["another path", { path: "/elsewhere" }, {}, "400"],
    ["a request for another protocol", {}, { upgrade: "h2c" }, "400"],
  ];

  it.each(refusals)("count by status: %s", async (_, options, headers, status) => {
    const { registry, server, ask } = await watched();
    new WebSocketServer({ server, ...options });
    const moved = await movedSeries(registry, () => ask(headers));
    expect(moved).toEqual(rejected(status, "absent"));
  });

  it("count when the server is closing", async () => {
    const { registry, server, ask } = await watched();
    const sockets = new WebSocketServer({ noServer: true });
    sockets.close();
    server.on("upgrade", (request, stream, head) => sockets.handleUpgrade(request, stream, head, () => {}));
    expect(await movedSeries(registry, () => ask())).toEqual(rejected("503", "absent"));
  });

  it("do not include what it accepts, and what it sends afterwards", async () => {
    const { registry, server, dial } = await watched();
    const sockets = new WebSocketServer({ server });
    const moved = await movedSeries(registry, async () => {
      const accepted = once(sockets, "connection");
      const client = dial();
      client.write(requestText("/ws", UPGRADE));
      const [socket] = await accepted;
      await once(client, "data");
      const frame = once(client, "data");
      socket.send("HTTP/1.1 403 Forbidden");
      await frame;
    });
    expect(moved).toEqual({});
  });
});

describe("refusals that are written by hand", () => {
  const REFUSAL = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n";
  const answers: readonly (readonly [string, (stream: Duplex) => void, Moves])[] = [
    ["in one piece", (stream) => stream.end(REFUSAL), rejected("403", "absent")],
    ["as bytes", (stream) => stream.end(Buffer.from(REFUSAL)), rejected("403", "absent")],
    [
      "and then cut",
      (stream) => {
        stream.write(REFUSAL);
        stream.destroy();
      },
      rejected("403", "absent"),
    ],
    [
      "letter by letter",
      (stream) => {
        for (const letter of REFUSAL) stream.write(letter);
        stream.end();
      },
      rejected("403", "absent"),
    ],
    [
      "in two pieces, with the rest at the end",
      (stream) => {
        stream.write("HTTP/1.1 ");
        stream.end("429 Too Many Requests\r\n\r\n");
      },
      rejected("429", "absent"),
    ],
    [
      "while the stream is corked",
      (stream) => {
        stream.cork();
        stream.write(REFUSAL);
        stream.end();
      },
      rejected("403", "absent"),
    ],
    ["with nothing but the end of the stream", (stream) => stream.end(), {}],
    ["with a callback alone", (stream) => stream.end(() => {}), {}],
    ["with nothing but a cut", (stream) => stream.destroy(), {}],
    ["with what is no HTTP", (stream) => stream.end("no"), {}],
    [
      "letter by letter to an upgrade that is accepted",
      (stream) => {
        for (const letter of SWITCHING) stream.write(letter);
        stream.end(REFUSAL);
      },
      {},
    ],
  ];

  it.each(answers)("%s: count once, by status, where there is one", async (_, answer, moves) => {
    const { registry, server, ask } = await watched();
    answerWith(server, answer);
    expect(await movedSeries(registry, () => ask())).toEqual(moves);
  });

  it("arrive as they were written", async () => {
    const { server, ask } = await watched();
    answerWith(server, (stream) => {
      for (const letter of REFUSAL) stream.write(letter);
      stream.end();
    });
    expect(await ask()).toBe(REFUSAL);
  });

  it("count once when another listener answers, too", async () => {
    const { registry, server, ask } = await watched();
    answerWith(server, (stream) => stream.end(REFUSAL));
    answerWith(server, (stream) => stream.end("HTTP/1.1 404 Not Found\r\n\r\n"));
    expect(await movedSeries(registry, () => ask())).toEqual(rejected("403", "absent"));
  });

  it("count on a connection that had an answer before", async () => {
    const { registry, server, dial } = await watched();
    server.on("request", (_, response) => response.end("hello"));
    answerWith(server, (stream) => stream.end(REFUSAL));
    const moved = await movedSeries(registry, async () => {
      const socket = dial();
      const answer = whole(socket);
      socket.write(requestText("/", { host: "localhost" }));
      await once(socket, "data");
      socket.write(requestText("/ws", UPGRADE));
      expect(await answer).toContain("403 Forbidden");
    });
    expect(moved).toEqual(rejected("403", "absent"));
  });

  it("count over TLS", async () => {
    const secure = createSecureServer({ ...TLS, pskCallback: () => SECRET });
    const { registry, server, ask } = await listening(secure, (port) =>
      connectSecurely({
        ...TLS,
        port,
        host: "127.0.0.1",
        pskCallback: () => ({ psk: SECRET, identity: "test" }),
        checkServerIdentity: () => undefined,
      }),
    );
    answerWith(server, (stream) => stream.end(REFUSAL));
    expect(await movedSeries(registry, () => ask())).toEqual(rejected("403", "absent"));
  });
});

describe("what a request carries", () => {
  const token = "x".repeat(41);
  it.each([
    ["a cookie", { cookie: "session=1" }, "/ws", "present"],
    ["an Authorization header", { authorization: "Bearer x" }, "/ws", "present"],
    ["a token among its subprotocols", { "sec-websocket-protocol": `chat, ${token}` }, "/ws", "present"],
    ["a subprotocol that says so", { "sec-websocket-protocol": "bearer.x" }, "/ws", "present"],
    ["a token in its query", {}, "/ws?room=1&access_token=x", "present"],
    ["a subprotocol", { "sec-websocket-protocol": "chat.v2" }, "/ws", "absent"],
    ["an empty token in its query", {}, "/ws?token=&room=1", "absent"],
    ["nothing", {}, "/ws", "absent"],
  ])("is what its credentials are: %s", async (_, headers, path, credentials) => {
    const { registry, server, ask } = await watched();
    answerWith(server, (stream) => stream.end("HTTP/1.1 401 Unauthorized\r\n\r\n"));
    expect(await movedSeries(registry, () => ask(headers as Record<string, string>, path))).toEqual(
      rejected("401", credentials),
    );
  });

  it("is what the application says, and absent when it throws", async () => {
    const { registry, server, ask } = await watched({
      hasCredentials: ({ headers }) => {
        if (headers["x-key"] === undefined) throw new Error("no key");
        return true;
      },
    });
    answerWith(server, (stream) => stream.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
    const moved = await movedSeries(registry, async () => {
      expect(await ask({ "x-key": "1" })).toContain("403");
      expect(await ask()).toContain("403");
    });
    expect(moved).toEqual({ ...rejected("403", "present"), ...rejected("403", "absent") });
  });
});

describe("a stream that was watched", () => {
  it.each([
    ["accepted", SWITCHING],
    ["refused", "HTTP/1.1 403 Forbidden\r\n\r\n"],
  ])("is as it was once it is %s", async (_, answer) => {
    const { server, streams, dial } = await watched();
    answerWith(server, (stream) => stream.write(answer));
    const socket = dial();
    socket.write(requestText("/ws", UPGRADE));
    await once(socket, "data");
    const [stream] = streams;
    expect(Object.hasOwn(stream ?? {}, "write")).toBe(false);
    expect(Object.hasOwn(stream ?? {}, "end")).toBe(false);
  });

  it("is watched by several at once, and each counts for itself", async () => {
    const { registry, server, streams, ask } = await watched();
    const second = instrumented();
    second.instrumentation.watchHandshakes(server);
    answerWith(server, (stream) => stream.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
    const moved = await movedSeries(second.registry, async () => {
      expect(await movedSeries(registry, () => ask())).toEqual(rejected("403", "absent"));
    });
    expect(moved).toEqual(rejected("403", "absent"));
    expect(Object.hasOwn(streams[0] ?? {}, "end")).toBe(false);
  });

  it("keeps what the application put around it meanwhile", async () => {
    const { registry, server, ask } = await watched();
    const seen: unknown[] = [];
    answerWith(server, (stream) => {
      const { end } = stream;
      stream.end = function (this: Duplex, ...args: unknown[]) {
        seen.push(args[0]);
        return end.apply(this, args as never);
      };
      stream.end("HTTP/1.1 404 Not Found\r\n\r\n");
    });
    expect(await movedSeries(registry, () => ask())).toEqual(rejected("404", "absent"));
    expect(seen).toHaveLength(1);
  });

  it("is watched no more after the end of the watching", async () => {
    const { registry, server, ask, stopWatching } = await watched();
    answerWith(server, (stream) => stream.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
    stopWatching();
    expect(await movedSeries(registry, () => ask())).toEqual({});
  });
});
