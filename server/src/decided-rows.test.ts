import {
  type CloseCodeLabel,
  type CloseReason,
  SERVER_CLOSE_CODES,
  SERVER_CLOSES,
  SERVER_CONNECTION_DURATION,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_REFUSED,
  SERVER_MESSAGE_DELIVERY,
  SERVER_RECONNECT_ADVICE,
  SERVER_REHYDRATION_DURATION,
  SERVER_SEND_BUFFER,
  SERVER_SEND_ERRORS,
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
import {
  active,
  closed,
  type Moves,
  observed,
  opened,
  received,
  rehydrated,
  rejected,
  sendError,
  sent,
} from "./testing/moves.test-support.ts";
import { wsConnection } from "./ws/ws-connection.ts";

const LONGEST_SECONDS = SERVER_CONNECTION_DURATION.layout.max;

/** What the application closes its socket with, past the connection, and how that counts. */
const RAW_CLOSES: readonly (readonly [number | undefined, string, CloseCodeLabel, CloseReason])[] = [
  [4401, "", "4401", "authentication_required"],
  [4401, "authentication_expired", "4401", "authentication_expired"],
  [4401, "go away", "4401", "authentication_required"],
  [4401, "authentication_expired: the token is old", "4401", "authentication_expired"],
  [1013, "slow_consumer; retry_after_ms=3000", "1013", "slow_consumer"],
  [1000, "the game of ping pong is over", "1000", "normal"],
  [4999, "heartbeat timeout", "4xxx", "other"],
  [1011, "pong timeout", "3008", "heartbeat_timeout"],
  [1011, "", "1011", "internal_error"],
  [1011, "keepalive ping timeout", "3008", "heartbeat_timeout"],
  [1012, "", "1012", "restart"],
  [1013, "", "1013", "overload"],
  [1000, "", "1000", "normal"],
  [1001, "bye", "1001", "going_away"],
  [1009, "", "1009", "protocol_error"],
  [4999, "toString", "4xxx", "other"],
  [undefined, "", "1005", "normal"],
];

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
    moves: { ...active(1, "other"), ...opened("cookie", { route: "other" }) },
  },
  {
    what: "the same socket is passed again",
    happens: ({ socket }, { instrumentation }) =>
      wsConnection(instrumentation, socket, { route: "/ws", authMethod: "cookie" }),
    moves: {},
  },
  {
    what: "the socket of an accepted connection was gone already",
    happens: (_, { instrumentation }) => {
      const socket = new FakeSocket();
      socket.finish(1006);
      wsConnection(instrumentation, socket, { route: "/ws", authMethod: "cookie" });
    },
    moves: {
      ...opened("cookie"),
      [line(SERVER_CLOSES.name, { app: TEST_APP, code: "1006", reason: "lost" })]: 1,
      ...observed(SERVER_CONNECTION_DURATION, 0),
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
    moves: sendError("closed"),
  },
  {
    what: "a frame is sent as text that was serialised before",
    happens: ({ connection }) => connection.send('{"type":"chat_status","event":"typing","value":true}'),
    moves: sent("typing"),
  },
  {
    what: "bytes come that say a frame, as servers of another kind hand them over",
    happens: ({ connection }) => {
      const text = Buffer.from('{"type":"ping","id":1}');
      connection.received(new Uint8Array(text).buffer);
      connection.received(new Uint8Array(text));
      connection.received([text.subarray(0, 5), text.subarray(5)]);
    },
    moves: { [line(SERVER_FRAMES_RECEIVED.name, { app: TEST_APP, event: "ping" })]: 3 },
  },
  {
    what: "a frame cannot be serialised",
    happens: ({ connection }) => {
      const circular: { self?: object } = {};
      circular.self = circular;
      expect(() => connection.send(circular)).toThrow(TypeError);
      expect(() => connection.send({ toJSON: () => undefined })).toThrow(TypeError);
    },
    moves: { [line(SERVER_SEND_ERRORS.name, { app: TEST_APP, reason: "serialization" })]: 2 },
  },
  {
    what: "a socket throws when it is to send",
    happens: ({ connection, socket }) => {
      socket.throwsWhenSent = new Error("still connecting");
      expect(connection.send({ type: "pong" })).toBe(false);
    },
    moves: sendError("other"),
  },
  {
    what: "a peer is as far behind as it may be, and then further, and is sent to all the same",
    happens: (_, { open }) => {
      const { socket, connection } = open({ maxBufferedBytes: () => 1000 });
      socket.bufferedAmount = 1000;
      expect(connection.send({ type: "pong" })).toBe(true);
      socket.bufferedAmount = 1001;
      expect(connection.send({ type: "pong" })).toBe(false);
      expect(connection.send({ type: "pong" })).toBe(false);
      expect(socket.closeFrames).toEqual([{ code: 1013, reason: "slow_consumer" }]);
    },
    moves: {
      ...active(1),
      ...opened("cookie"),
      ...sent("pong"),
      ...sendError("backpressure"),
      ...sendError("closed"),
      [line(SERVER_SEND_BUFFER.name, { app: TEST_APP, route: "/ws" })]: 1001,
    },
  },
  {
    what: "a library drops a frame because the peer is too far behind",
    happens: (_, { instrumentation }) => {
      const socket = { send: () => "dropped", close: () => {} };
      const connection = instrumentation.accept(socket, { route: "/ws", authMethod: "cookie" });
      expect(connection.send({ type: "pong" }, { acceptedAtMs: 0 })).toBe(false);
    },
    moves: { ...active(1), ...opened("cookie"), ...sendError("backpressure") },
  },
  {
    what: "a message is written before it was accepted, by the clock of another machine",
    happens: ({ connection }, { instrumentation }) => {
      connection.send({ type: "pong" }, { acceptedAtMs: instrumentation.now() + 300 });
    },
    moves: sent("pong"),
  },
  {
    what: "a message is written 40 ms after it was accepted",
    happens: ({ connection }, { clock, instrumentation }) => {
      const acceptedAtMs = instrumentation.now();
      clock.ms += 40;
      connection.send({ type: "chat_message", event: "assistant_message" }, { acceptedAtMs });
    },
    moves: { ...sent("assistant_message"), ...observed(SERVER_MESSAGE_DELIVERY, 0.04) },
  },
  {
    what: "a frame is answered with an error",
    happens: ({ connection }) => connection.refused("invalid"),
    moves: { [line(SERVER_FRAMES_REFUSED.name, { app: TEST_APP, reason: "invalid" })]: 1 },
  },
  {
    what: "an upgrade is refused that carried a session",
    happens: (_, { instrumentation }) =>
      instrumentation.handshakeRejected({ status: 403, credentials: true }),
    moves: rejected("403", "present"),
  },
  {
    what: "an upgrade is refused with a status that nobody expects",
    happens: (_, { instrumentation }) =>
      instrumentation.handshakeRejected({ status: 418, credentials: false }),
    moves: rejected("other", "absent"),
  },
];

const REHYDRATIONS: readonly Row[] = [
  {
    what: "a thread is rehydrated 20 ms after the hello",
    happens: ({ connection, socket }, { clock }) => {
      socket.receive('{"type":"client_hello","thread_id":"t"}');
      clock.ms += 20;
      connection.send({ type: "rehydration", thread_id: "t" });
    },
    moves: {
      ...received("client_hello"),
      ...sent("rehydration"),
      ...rehydrated("sent"),
      ...observed(SERVER_REHYDRATION_DURATION, 0.02),
    },
  },
  {
    what: "a thread is rehydrated that nobody asked for",
    happens: ({ socket }) => socket.send('{"type":"rehydration","thread_id":"t"}'),
    moves: { ...sent("rehydration"), ...rehydrated("sent") },
  },
  {
    what: "a second hello of a connection is answered",
    happens: ({ connection, socket }) => {
      for (const _ of [1, 2]) {
        socket.receive('{"type":"client_hello","thread_id":"t"}');
        connection.rehydrated("forbidden");
      }
    },
    moves: {
      [line(SERVER_FRAMES_RECEIVED.name, { app: TEST_APP, event: "client_hello" })]: 2,
      ...rehydrated("forbidden"),
    },
  },
  {
    what: "the server fails between a hello and its rehydration",
    happens: ({ connection, socket }) => {
      socket.receive('{"type":"client_hello","thread_id":"t"}');
      connection.close("internal_error");
      socket.finish(1011);
    },
    moves: { ...received("client_hello"), ...rehydrated("failed"), ...closed("1011", "internal_error") },
  },
  {
    what: "a peer leaves between its hello and the rehydration",
    happens: ({ socket }) => {
      socket.receive('{"type":"client_hello","thread_id":"t"}');
      socket.finish(1001);
    },
    moves: { ...received("client_hello"), ...closed("1001", "peer") },
  },
];

const ADVICE: readonly Row[] = [
  {
    what: "a peer is told when to come back",
    happens: ({ connection, socket }) => {
      connection.closeWith("restart", { retryAfterMs: 4213.4 });
      expect(socket.closeFrames).toEqual([{ code: 1012, reason: "restart retry_after_ms=4213" }]);
      socket.finish(1012);
    },
    moves: {
      ...closed("1012", "restart"),
      [line(SERVER_RECONNECT_ADVICE.name, { app: TEST_APP, code: "1012" })]: 1,
    },
  },
  {
    what: "a peer is told when to come back after a code that has no advice",
    happens: ({ connection, socket }) => {
      connection.closeWith("internal_error", { retryAfterMs: 4213 });
      expect(socket.closeFrames).toEqual([{ code: 1011, reason: "internal_error" }]);
      socket.finish(1011);
    },
    moves: closed("1011", "internal_error"),
  },
  {
    what: "a peer that is closing already is told when to come back",
    happens: ({ connection, socket }) => {
      connection.close("restart");
      connection.closeWith("restart", { retryAfterMs: 1 });
      expect(socket.closeFrames).toHaveLength(1);
    },
    moves: {},
  },
];

const PAST_THE_CONNECTION: readonly Row[] = [
  {
    what: "the application sends with the socket itself",
    happens: ({ socket }) => socket.send('{"type":"pong","id":1}'),
    moves: sent("pong"),
  },
  {
    what: "the application sends bytes with the socket itself",
    happens: ({ socket }) => {
      socket.send(Buffer.from('{"type":"pong","id":1}') as unknown as string);
      socket.send(Buffer.from('{"type":"pong","id":1}') as unknown as string, { binary: false });
    },
    moves: { ...sent("other"), ...sent("pong") },
  },
  {
    what: "the application sends with a socket that is closing",
    happens: ({ socket }) => {
      socket.readyState = 2;
      socket.send('{"type":"pong","id":1}');
    },
    moves: sendError("closed"),
  },
  ...RAW_CLOSES.map(
    ([code, text, label, reason]): Row => ({
      what: `the application closes the socket itself with ${code} "${text}"`,
      happens: ({ socket }) => {
        socket.close(code, text);
        expect(socket.closeFrames).toEqual([{ code, reason: text }]);
        socket.finish(code ?? 1005);
      },
      moves: closed(label, reason),
    }),
  ),
  {
    what: "ws answers a close frame of the peer, by the socket's own method",
    happens: ({ socket }) => socket.receiveClose(1000),
    moves: closed("1000", "peer"),
  },
  {
    what: "the application closes a socket that is closing already because its peer is gone",
    happens: ({ socket }) => {
      socket.readyState = 2;
      socket.close(1012);
      socket.finish(1006);
    },
    moves: closed("1006", "lost"),
  },
  {
    what: "the application cuts the socket itself",
    happens: ({ socket }) => socket.terminate(),
    moves: closed("1006", "other"),
  },
  {
    what: "the application cuts a socket whose peer did not answer its ping",
    happens: ({ socket }) => {
      socket.ping();
      socket.terminate();
    },
    moves: closed("3008", "heartbeat_timeout"),
  },
  {
    what: "the application cuts a socket whose peer answered its ping",
    happens: ({ socket }) => {
      socket.ping();
      socket.ping();
      socket.emit("pong");
      socket.terminate();
    },
    moves: closed("1006", "other"),
  },
  {
    what: "the application cuts a socket whose peer sent something after its ping",
    happens: ({ socket }) => {
      socket.ping();
      socket.receive('{"type":"ping","id":1}');
      socket.terminate();
    },
    moves: { ...received("ping"), ...closed("1006", "other") },
  },
  {
    what: "a connection that is being closed is cut",
    happens: ({ connection }) => {
      connection.close("restart");
      connection.terminate();
    },
    moves: closed("1012", "restart"),
  },
  {
    what: "the library ends a connection because its own pings stayed unanswered",
    happens: ({ connection }) => {
      connection.heartbeatTimedOut();
      connection.closed();
    },
    moves: closed("3008", "heartbeat_timeout"),
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
    moves: closed("1009", "protocol_error"),
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
    moves: closed("1008", "protocol_error"),
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
    moves: closed("1000", "peer", { seconds: 0 }),
  },
  {
    what: "a socket that is closing is accepted, and closes",
    happens: (_, { instrumentation, clock }) => {
      const socket = new FakeSocket();
      socket.readyState = 2;
      wsConnection(instrumentation, socket, { route: "/ws", authMethod: "cookie" });
      clock.ms += 1000;
      socket.finish(1001);
    },
    moves: {
      ...opened("cookie"),
      [line(SERVER_CLOSES.name, { app: TEST_APP, code: "1001", reason: "peer" })]: 1,
      ...observed(SERVER_CONNECTION_DURATION, 1),
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
    moves: closed("1000", "peer", { seconds: 65 }),
  },
  {
    what: "a connection ends that was open for longer than the layout allows",
    happens: ({ socket }, { clock }) => {
      clock.ms += LONGEST_SECONDS * 1000;
      socket.finish(1000);
    },
    moves: closed("1000", "peer", { seconds: LONGEST_SECONDS }),
  },
];

/** Sums are of floating point. */
function nearly(value: number): unknown {
  return Number.isInteger(value) ? value : expect.closeTo(value, 9);
}

describe("what happens, and which series move", () => {
  const rows = [...ACCEPTED, ...FRAMES, ...REHYDRATIONS, ...ADVICE, ...PAST_THE_CONNECTION, ...CLOSED].map(
    (row) => [row.what, row] as const,
  );

  it.each(rows)("%s", async (_, { happens, moves }) => {
    const server = instrumented();
    const connection = server.open();
    server.clock.ms += 1000;
    const moved = await movedSeries(server.registry, () => happens(connection, server));
    expect(moved).toEqual(Object.fromEntries(Object.entries(moves).map(([name, by]) => [name, nearly(by)])));
  });
});
