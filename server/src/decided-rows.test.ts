import {
  type AuthMethod,
  type CloseCodeLabel,
  type CloseReason,
  SERVER_CLOSE_CODES,
  SERVER_CLOSES,
  SERVER_CONNECTION_DURATION,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
  type ServerCloseReason,
} from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { line, movedSeries } from "./testing/exposition.test-support.ts";
import { FakeSocket } from "./testing/fake-socket.test-support.ts";
import {
  type Instrumented,
  instrumented,
  type OpenedConnection,
  TEST_APP,
} from "./testing/instrumented.test-support.ts";

type Moves = Readonly<Record<string, number>>;

const LONGEST_SECONDS = SERVER_CONNECTION_DURATION.layout.max;

function active(by: number, route = "/ws"): Moves {
  return { [line(SERVER_CONNECTIONS_ACTIVE.name, { app: TEST_APP, route })]: by };
}

function opened(auth_method: AuthMethod, route = "/ws"): Moves {
  return { [line(SERVER_CONNECTIONS_OPENED.name, { app: TEST_APP, route, auth_method })]: 1 };
}

function sent(event: string): Moves {
  return { [line(SERVER_FRAMES_SENT.name, { app: TEST_APP, event })]: 1 };
}

function received(event: string): Moves {
  return { [line(SERVER_FRAMES_RECEIVED.name, { app: TEST_APP, event })]: 1 };
}

/** One observation: of the buckets those that reach as far, `+Inf` always. */
function lasted(seconds: number): Moves {
  const { name, layout } = SERVER_CONNECTION_DURATION;
  const buckets = [...layout.bounds.filter((bound) => bound >= seconds), "+Inf"];
  const labels = { app: TEST_APP };
  return {
    ...Object.fromEntries(buckets.map((le) => [`${name}_bucket{le="${le}",app="${TEST_APP}"}`, 1] as const)),
    ...(seconds === 0 ? {} : { [line(`${name}_sum`, labels)]: seconds }),
    [line(`${name}_count`, labels)]: 1,
  };
}

/** The end of a connection that was open for one second. */
function closed(code: CloseCodeLabel, reason: CloseReason, seconds = 1): Moves {
  return {
    ...active(-1),
    [line(SERVER_CLOSES.name, { app: TEST_APP, code, reason })]: 1,
    ...lasted(seconds),
  };
}

interface Row {
  readonly what: string;
  readonly happens: (connection: OpenedConnection, server: Instrumented) => void;
  readonly moves: Moves;
}

const ACCEPTED: readonly Row[] = [
  {
    what: "a connection is accepted",
    happens: (_, { open }) => open(),
    moves: { ...active(1), ...opened("cookie") },
  },
  {
    what: "a connection without a session is accepted",
    happens: (_, { open }) => open({ authMethod: "none" }),
    moves: { ...active(1), ...opened("none") },
  },
  {
    what: "a user is authenticated in a way that the catalog does not have",
    happens: (_, { open }) => open({ authMethod: "magic" as "cookie" }),
    moves: { ...active(1), ...opened("other") },
  },
  {
    what: "a connection comes to a route that is not configured",
    happens: (_, { open }) => open({ route: "/admin?token=secret" }),
    moves: { ...active(1, "other"), ...opened("cookie", "other") },
  },
  {
    what: "the same socket is passed again",
    happens: ({ socket }, { instrumentation }) =>
      instrumentation.connection(socket, { route: "/ws", authMethod: "cookie" }),
    moves: {},
  },
  {
    what: "the socket of an accepted connection was gone already",
    happens: (_, { instrumentation }) => {
      const socket = new FakeSocket();
      socket.finish(1006);
      instrumentation.connection(socket, { route: "/ws", authMethod: "cookie" });
    },
    moves: {
      ...opened("cookie"),
      [line(SERVER_CLOSES.name, { app: TEST_APP, code: "1006", reason: "lost" })]: 1,
      ...lasted(0),
    },
  },
];

const FRAMES: readonly Row[] = [
  {
    what: "a client says hello",
    happens: ({ socket }) => socket.receive('{"type":"client_hello","thread_id":"t"}'),
    moves: received("client_hello"),
  },
  {
    what: "a user's message comes",
    happens: ({ socket }) => socket.receive('{"type":"chat_message","event":"user_message","payload":{}}'),
    moves: received("user_message"),
  },
  {
    what: "a frame comes that nobody knows",
    happens: ({ socket }) => socket.receive('{"type":"sudo"}'),
    moves: received("other"),
  },
  {
    what: "a binary frame comes, whatever it says",
    happens: ({ socket }) => socket.emit("message", Buffer.from('{"type":"ping","id":1}'), true),
    moves: received("other"),
  },
  {
    what: "a frame is sent",
    happens: ({ connection }) => connection.send({ type: "pong", id: 1, server_time: 2 }),
    moves: sent("pong"),
  },
  {
    what: "a frame is to be sent and the socket is closing",
    happens: ({ connection, socket }) => {
      socket.readyState = 2;
      connection.send({ type: "pong", id: 1, server_time: 2 });
    },
    moves: {},
  },
];

const CLOSED: readonly Row[] = [
  ...(Object.entries(SERVER_CLOSE_CODES) as [ServerCloseReason, number][]).flatMap(
    ([reason, code]): Row[] => {
      const label = String(code) as CloseCodeLabel;
      return [
        {
          what: `the server closes for ${reason}, and the peer has not answered yet`,
          happens: ({ connection }) => connection.close(reason),
          moves: {},
        },
        {
          what: `the server closes for ${reason}, and the peer answers`,
          happens: ({ connection, socket }) => {
            connection.close(reason);
            socket.finish(code);
          },
          moves: closed(label, reason),
        },
        {
          what: `the server closes for ${reason}, and nobody is there to answer`,
          happens: ({ connection, socket }) => {
            connection.close(reason);
            socket.finish(1006);
          },
          moves: closed(label, reason),
        },
      ];
    },
  ),
  {
    what: "the server closes while the peer's own close frame is on its way",
    happens: ({ connection, socket }) => {
      connection.close("heartbeat_timeout");
      socket.finish(1001);
    },
    moves: closed("1001", "peer"),
  },
  {
    what: "the server closes after the peer's close frame came",
    happens: ({ connection, socket }) => {
      socket.readyState = 2;
      connection.close("slow_consumer");
      socket.finish(1000);
    },
    moves: closed("1000", "peer"),
  },
  {
    what: "the server closes for a second reason while it closes",
    happens: ({ connection, socket }) => {
      connection.close("overload");
      connection.close("slow_consumer");
      socket.finish(1013);
    },
    moves: closed("1013", "overload"),
  },
  { what: "the peer leaves", happens: ({ socket }) => socket.finish(1001), moves: closed("1001", "peer") },
  {
    what: "the peer closes without a code",
    happens: ({ socket }) => socket.finish(1005),
    moves: closed("1005", "peer"),
  },
  {
    what: "the peer closes with a private code",
    happens: ({ socket }) => socket.finish(4999),
    moves: closed("4xxx", "peer"),
  },
  {
    what: "no close frame comes",
    happens: ({ socket }) => socket.finish(1006),
    moves: closed("1006", "lost"),
  },
  {
    what: "the peer breaks the protocol and the library closes",
    happens: ({ socket }) => {
      const error = new RangeError("Max payload size exceeded");
      socket.emit("error", Object.assign(error, { code: "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH" }));
      socket.finish(1006);
    },
    moves: closed("1009", "other"),
  },
  {
    what: "the peer sends a frame in too many parts and the library closes",
    happens: ({ socket }) => {
      socket.emit(
        "error",
        Object.assign(new RangeError("Too many"), { code: "WS_ERR_TOO_MANY_BUFFERED_PARTS" }),
      );
      socket.finish(1006);
    },
    moves: closed("1008", "other"),
  },
  {
    what: "the peer breaks the protocol while the server closes",
    happens: ({ connection, socket }) => {
      connection.close("restart");
      socket.emit("error", Object.assign(new Error("broken"), { code: "WS_ERR_INVALID_UTF8" }));
      socket.finish(1006);
    },
    moves: closed("1012", "restart"),
  },
  {
    what: "the clock of a connection goes back",
    happens: ({ socket }, { clock }) => {
      clock.ms -= 60_000;
      socket.finish(1000);
    },
    moves: closed("1000", "peer", 0),
  },
  {
    what: "a socket that is closing is accepted, and closes",
    happens: (_, { instrumentation, clock }) => {
      const socket = new FakeSocket();
      socket.readyState = 2;
      instrumentation.connection(socket, { route: "/ws", authMethod: "cookie" });
      clock.ms += 1000;
      socket.finish(1001);
    },
    moves: {
      ...opened("cookie"),
      [line(SERVER_CLOSES.name, { app: TEST_APP, code: "1001", reason: "peer" })]: 1,
      ...lasted(1),
    },
  },
  {
    what: "the network fails and the socket says so",
    happens: ({ socket }) => {
      socket.emit("error", Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));
      socket.finish(1006);
    },
    moves: closed("1006", "lost"),
  },
  {
    what: "the close event comes twice",
    happens: ({ socket }) => {
      socket.finish(1001);
      socket.finish(1001);
    },
    moves: closed("1001", "peer"),
  },
  {
    what: "a connection ends after exactly 65 s",
    happens: ({ socket }, { clock }) => {
      clock.ms += 64_000;
      socket.finish(1000);
    },
    moves: closed("1000", "peer", 65),
  },
  {
    what: "a connection ends that was open for longer than the layout allows",
    happens: ({ socket }, { clock }) => {
      clock.ms += LONGEST_SECONDS * 1000;
      socket.finish(1000);
    },
    moves: closed("1000", "peer", LONGEST_SECONDS),
  },
];

describe("what happens, and which series move", () => {
  const rows = [...ACCEPTED, ...FRAMES, ...CLOSED].map((row) => [row.what, row] as const);

  it.each(rows)("%s", async (_, { happens, moves }) => {
    const server = instrumented();
    const connection = server.open();
    server.clock.ms += 1000;
    expect(await movedSeries(server.registry, () => happens(connection, server))).toEqual(moves);
  });
});
