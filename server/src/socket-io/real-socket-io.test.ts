import { once } from "node:events";
import { SERVER_CLOSES } from "@sockscope/catalog";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { line, movedSeries } from "../testing/exposition.test-support.ts";
import { TEST_APP } from "../testing/instrumented.test-support.ts";
import { active, closed, opened, received, rejected, sent } from "../testing/moves.test-support.ts";
import {
  nextOf,
  realSocketIo,
  type SocketIoPair,
  TRANSPORTS,
} from "../testing/real-socket-io.test-support.ts";

/** What a client talks through. */
function engineOf({ client }: SocketIoPair) {
  return client.io.engine;
}

/** Joins as a client of engine.io does, and answers no ping. */
const connectWithoutPongs = {
  websocket: async (url: string) => {
    const client = new WebSocket(`${url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
    onTestFinished(() => client.terminate());
    await once(client, "message");
    client.send("40");
  },
  polling: async (url: string) => {
    const address = `${url}/socket.io/?EIO=4&transport=polling`;
    const hello = await (await fetch(address)).text();
    const { sid } = JSON.parse(hello.slice(1)) as { readonly sid: string };
    await fetch(`${address}&sid=${sid}`, { method: "POST", body: "40" });
  },
};

describe.each(TRANSPORTS)("events of socket.io over %s", (transport) => {
  async function connected() {
    const server = await realSocketIo();
    return { ...server, ...(await server.connect({ transports: [transport] })) };
  }

  it("count by name, both ways, and as other where the catalog does not have them", async () => {
    const { registry, client, socket } = await connected();
    const moved = await movedSeries(registry, async () => {
      const there = nextOf(socket, "constructor");
      client.emit("user_message", { text: "hi" });
      client.emit("constructor");
      await there;
      const here = nextOf(client, "my_event");
      socket.emit("assistant_message", { text: "hello" });
      socket.emit("my_event", 1);
      await here;
    });
    expect(moved).toEqual({
      ...received("user_message"),
      ...received("other"),
      ...sent("assistant_message"),
      ...sent("other"),
    });
  });

  it("count a message by how its text begins, through the connection and past it", async () => {
    const { registry, client, socket, connection } = await connected();
    const moved = await movedSeries(registry, async () => {
      const there = nextOf(socket, "message");
      client.send('{"type":"ping","id":1}');
      await there;
      const here = nextOf(client, "last");
      expect(connection.send({ type: "pong" })).toBe(true);
      socket.send('{"type":"pong"}');
      socket.send({ type: "pong" });
      socket.emit("last");
      await here;
    });
    expect(moved).toEqual({ ...received("ping"), ...sent("pong", 2), ...sent("other", 2) });
  });

  it("count a broadcast once for each that gets it", async () => {
    const { registry, server, socket, client, connect } = await connected();
    const second = await connect({ transports: [transport] });
    const third = await connect({ transports: [transport] });
    await Promise.all([socket.join("room"), second.socket.join("room")]);
    const moved = await movedSeries(registry, async () => {
      const got = Promise.all([client, second.client, third.client].map((each) => nextOf(each, "pong")));
      server.to("room").emit("assistant_message", "hi");
      server.emit("pong");
      await got;
    });
    expect(moved).toEqual({ ...sent("assistant_message", 2), ...sent("pong", 3) });
  });

  it("count an event that is acknowledged, and no acknowledgement", async () => {
    const { registry, client, socket } = await connected();
    socket.on("user_message", (_, acknowledge) => acknowledge("got it"));
    client.on("assistant_message", (_, acknowledge) => acknowledge("seen"));
    const moved = await movedSeries(registry, async () => {
      expect(await client.emitWithAck("user_message", 1)).toBe("got it");
      expect(await socket.emitWithAck("assistant_message", 1)).toBe("seen");
    });
    expect(moved).toEqual({ ...received("user_message"), ...sent("assistant_message") });
  });

  it("count a binary event by its name", async () => {
    const { registry, client, socket } = await connected();
    const moved = await movedSeries(registry, async () => {
      const there = nextOf(socket, "user_message");
      client.emit("user_message", Buffer.from([1, 2, 3]));
      expect(await there).toEqual([Buffer.from([1, 2, 3])]);
      const here = nextOf(client, "assistant_message");
      socket.emit("assistant_message", Buffer.from([4]));
      await here;
    });
    expect(moved).toEqual({ ...received("user_message"), ...sent("assistant_message") });
  });
});

describe("connections of socket.io", () => {
  it("count when they begin by polling, and once when they go on as a WebSocket", async () => {
    const { registry, clock, connect } = await realSocketIo();
    const pairs: SocketIoPair[] = [];
    const moved = await movedSeries(registry, async () => {
      const pair = await connect();
      if (engineOf(pair).transport.name !== "websocket")
        await new Promise<unknown>((resolve) => engineOf(pair).once("upgrade", resolve));
      pairs.push(pair);
    });
    expect(moved).toEqual({ ...active(1), ...opened("cookie") });
    clock.ms += 1000;
    const [pair] = pairs;
    if (pair === undefined) return expect.fail();
    const ended = await movedSeries(registry, async () => {
      const over = nextOf(pair.socket, "disconnect");
      pair.client.io._close();
      await over;
    });
    expect(ended).toEqual(closed("1005", "peer"));
  });

  it("count one for each namespace", async () => {
    const { registry, server, accepted, client } = await realSocketIo({}, ["/", "/admin"]);
    const moved = await movedSeries(registry, async () => {
      const first = client({ transports: ["websocket"] });
      const second = first.io.socket("/admin");
      const both = Promise.all([accepted(), accepted()]);
      first.connect();
      second.connect();
      await both;
    });
    expect(moved).toEqual({ ...active(2), ...opened("cookie", { times: 2 }) });
    expect(server.of("/admin").sockets.size).toBe(1);
  });

  it("count as new ones when they recover, without what they missed meanwhile", async () => {
    const { registry, accepted, client, server } = await realSocketIo({ connectionStateRecovery: {} });
    const there = accepted();
    const socket = client({ transports: ["websocket"] });
    const connected = nextOf(socket, "connect");
    socket.connect();
    const first = await there;
    await connected;
    const greeted = nextOf(socket, "pong");
    server.emit("pong");
    await greeted;
    const moved = await movedSeries(registry, async () => {
      const again = accepted();
      const missed = nextOf(socket, "assistant_message");
      const gone = nextOf(first.socket, "disconnect");
      socket.io.engine.close();
      await gone;
      server.emit("assistant_message", "while you were away");
      expect((await again).socket.recovered).toBe(true);
      expect((await missed)[0]).toBe("while you were away");
    });
    const { [Object.keys(active(1))[0] ?? ""]: _, ...over } = closed("1005", "peer", { seconds: 0 });
    expect(moved).toEqual({ ...opened("cookie"), ...over });
  });
});

interface Ending {
  readonly what: string;
  readonly ends: (pair: SocketIoPair, server: Awaited<ReturnType<typeof realSocketIo>>) => unknown;
  readonly websocket: readonly [code: string, reason: string];
  readonly polling: readonly [code: string, reason: string];
}

const ENDINGS: readonly Ending[] = [
  {
    what: "the client disconnects",
    ends: ({ client }) => client.disconnect(),
    websocket: ["1000", "peer"],
    polling: ["1000", "peer"],
  },
  {
    what: "the client closes its transport",
    ends: ({ client }) => client.io._close(),
    websocket: ["1005", "peer"],
    polling: ["1005", "peer"],
  },
  {
    what: "the server disconnects it",
    ends: ({ socket }) => socket.disconnect(),
    websocket: ["1000", "normal"],
    polling: ["1000", "normal"],
  },
  {
    what: "the server disconnects it and closes its transport",
    ends: ({ socket }) => socket.disconnect(true),
    websocket: ["1000", "normal"],
    polling: ["1000", "normal"],
  },
  {
    what: "the server shuts down",
    ends: (_, { server }) => server.close(),
    websocket: ["1001", "going_away"],
    polling: ["1001", "going_away"],
  },
  {
    what: "the connection is closed as expired",
    ends: ({ connection }) => connection.close("authentication_expired"),
    websocket: ["4401", "authentication_expired"],
    polling: ["4401", "authentication_expired"],
  },
  {
    what: "the connection is closed for a restart",
    ends: ({ connection }) => connection.close("restart"),
    websocket: ["1012", "restart"],
    polling: ["1012", "restart"],
  },
  {
    what: "the connection is cut",
    ends: ({ connection }) => connection.terminate(),
    websocket: ["1006", "other"],
    polling: ["1006", "other"],
  },
];

describe.each(TRANSPORTS)("a connection of socket.io over %s", (transport) => {
  it.each(ENDINGS)("counts under what ended it: $what", async ({ ends, [transport]: [code, reason] }) => {
    const server = await realSocketIo();
    const pair = await server.connect({ transports: [transport], reconnection: false });
    server.clock.ms += 1000;
    const moved = await movedSeries(server.registry, async () => {
      const over = nextOf(pair.socket, "disconnect");
      ends(pair, server);
      await over;
    });
    expect(moved).toEqual(closed(code, reason));
  });

  it("comes back by itself after a restart", async () => {
    const { registry, accepted, connect } = await realSocketIo();
    const { connection } = await connect({ transports: [transport] });
    const moved = await movedSeries(registry, async () => {
      const again = accepted();
      connection.close("restart");
      await again;
    });
    expect(moved).toMatchObject(opened("cookie"));
  });

  it("stays away when its session expired, and knows that the server ended it", async () => {
    const { instrumentation, connect } = await realSocketIo();
    const { client, connection } = await connect({ transports: [transport] });
    const left = nextOf(client, "disconnect");
    connection.close("authentication_expired");
    expect((await left)[0]).toBe("io server disconnect");
    expect(client.active).toBe(false);
    expect(instrumentation.connections.size).toBe(0);
  });

  it("counts a heartbeat that stayed away as such", async () => {
    const { registry, url, accepted } = await realSocketIo({ pingInterval: 300, pingTimeout: 300 });
    // From its acceptance on: who is late here has missed it.
    const left = accepted().then(({ socket }) => nextOf(socket, "disconnect"));
    const moved = await movedSeries(registry, async () => {
      await connectWithoutPongs[transport](url);
      expect((await left)[0]).toBe("ping timeout");
    });
    expect(moved).toMatchObject(opened("cookie"));
    expect(moved).toHaveProperty([
      line(SERVER_CLOSES.name, { app: TEST_APP, code: "3008", reason: "heartbeat_timeout" }),
    ]);
  });
});

describe("a client of socket.io that vanishes", () => {
  it("counts as lost", async () => {
    const { registry, clock, connect } = await realSocketIo();
    const pair = await connect({ transports: ["websocket"], reconnection: false });
    clock.ms += 1000;
    const moved = await movedSeries(registry, async () => {
      const over = nextOf(pair.socket, "disconnect");
      (engineOf(pair).transport as unknown as { ws: { terminate(): void } }).ws.terminate();
      await over;
    });
    expect(moved).toEqual(closed("1006", "lost"));
  });
});

describe("handshakes that socket.io refuses", () => {
  it.each([
    ["websocket", "400"],
    ["polling", "403"],
  ] as const)("count once, over %s as %s", async (transport, status) => {
    const { registry, client } = await realSocketIo({ allowRequest: (_, say) => say("no", false) });
    const moved = await movedSeries(registry, async () => {
      const socket = client({ transports: [transport], reconnection: false });
      const refused = nextOf(socket, "connect_error");
      socket.connect();
      await refused;
    });
    expect(moved).toEqual(rejected(status, "absent"));
  });

  it.each(TRANSPORTS)("have credentials where the request carries them, over %s", async (transport) => {
    const { registry, client } = await realSocketIo({ allowRequest: (_, say) => say("no", false) });
    const moved = await movedSeries(registry, async () => {
      const extraHeaders = { cookie: "session=1" };
      const socket = client({ transports: [transport], reconnection: false, extraHeaders });
      const refused = nextOf(socket, "connect_error");
      socket.connect();
      await refused;
    });
    expect(moved).toEqual(rejected(transport === "polling" ? "403" : "400", "present"));
  });

  it("do not include a session that the server does not know any more", async () => {
    const { registry, url } = await realSocketIo();
    const moved = await movedSeries(registry, async () => {
      const response = await fetch(`${url}/socket.io/?EIO=4&transport=polling&sid=gone`);
      expect(response.status).toBe(400);
    });
    expect(moved).toEqual({});
  });

  it("do not include what a middleware refuses within a connection", async () => {
    const { registry, server, client } = await realSocketIo();
    server.use((_, next) => next(new Error("no")));
    const moved = await movedSeries(registry, async () => {
      const socket = client({ transports: ["websocket"], reconnection: false });
      const refused = nextOf(socket, "connect_error");
      socket.connect();
      await refused;
    });
    expect(moved).toEqual({});
  });
});
