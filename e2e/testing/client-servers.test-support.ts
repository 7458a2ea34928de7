import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { useServer } from "graphql-ws/use/ws";
import { Server as SocketIoServer } from "socket.io";
import { type WebSocket, WebSocketServer } from "ws";
import type { ClientName } from "./clients.test-support.ts";
import { FRAME } from "./peers.test-support.ts";

// Has two builds that refuse each other's schemas; this is the one that graphql-ws loads.
const { GraphQLInt, GraphQLObjectType, GraphQLSchema } = createRequire(import.meta.url)(
  "graphql",
) as typeof import("graphql");

const RESTART = 1012;
const EXPIRED = 4401;
const NOT_READY = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/** A server of the kind that a client talks to. */
export interface ClientServer {
  readonly url: string;
  /** Resolves when so many connections were served: what a client waits for after `open` is on its way to it. */
  served(connections: number): Promise<void>;
  /** Closes every connection as a server that restarts, and refuses the next handshake as one that is not ready yet. */
  restart(): void;
  /** Closes every connection as a server to which its token is no longer good. */
  expire(): void;
  close(): Promise<void>;
}

/** Speaks a client's protocol on a server. */
type Speak = (server: Server, served: () => void) => { readonly sockets: () => Iterable<WebSocket> };

const speakFrames: Speak = (server, served) => {
  const webSockets = new WebSocketServer({ server });
  webSockets.on("connection", (socket) => {
    socket.send(FRAME);
    served();
  });
  return { sockets: () => webSockets.clients };
};

const speakSocketIo: Speak = (server, served) => {
  const sockets = new Set<WebSocket>();
  const socketIo = new SocketIoServer(server, { cors: { origin: "*" } });
  socketIo.engine.on("connection", ({ transport }: { transport: { socket: WebSocket } }) => {
    const { socket } = transport;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  socketIo.on("connection", served);
  return { sockets: () => sockets };
};

async function* never(): AsyncGenerator<number> {
  await new Promise(() => {});
  yield 0;
}

const speakGraphQl: Speak = (server, served) => {
  const ticks = { type: GraphQLInt, subscribe: never };
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: "Query", fields: { ticks } }),
    subscription: new GraphQLObjectType({ name: "Subscription", fields: { ticks } }),
  });
  const webSockets = new WebSocketServer({ server });
  // Who subscribes has had the acknowledgement.
  useServer({ schema, onSubscribe: () => served() }, webSockets);
  return { sockets: () => webSockets.clients };
};

/** See {@link https://hexdocs.pm/phoenix/writing_a_channels_client.html | Phoenix, writing a channels client}. */
const speakPhoenix: Speak = (server, served) => {
  const webSockets = new WebSocketServer({ server });
  webSockets.on("connection", (socket) => {
    socket.on("message", (text) => {
      const [joinRef, ref, topic, event] = JSON.parse(String(text)) as string[];
      socket.send(JSON.stringify([joinRef, ref, topic, "phx_reply", { status: "ok", response: {} }]));
      if (event === "phx_join") served();
    });
  });
  return { sockets: () => webSockets.clients };
};

const SPEAK: Readonly<Record<ClientName, Speak>> = {
  "reconnecting-websocket": speakFrames,
  partysocket: speakFrames,
  "socket.io": speakSocketIo,
  "graphql-ws": speakGraphQl,
  phoenix: speakPhoenix,
};

type Upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => void;

/** Starts a server for this client on a free port of loopback. */
export async function serveClient(client: ClientName): Promise<ClientServer> {
  const server = createServer();
  let served = 0;
  let refusals = 0;
  const waiting: (() => void)[] = [];
  const { sockets } = SPEAK[client](server, () => {
    served += 1;
    for (const look of waiting.splice(0)) look();
  });
  const upgrades = server.listeners("upgrade") as Upgrade[];
  server.removeAllListeners("upgrade");
  server.on("upgrade", (...upgrade: Parameters<Upgrade>) => {
    if (refusals === 0) for (const accept of upgrades) accept(...upgrade);
    else {
      refusals -= 1;
      upgrade[1].end(NOT_READY);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served: async (connections) => {
      while (served < connections) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    restart: () => {
      refusals = 1;
      for (const socket of sockets()) socket.close(RESTART);
    },
    expire: () => {
      for (const socket of sockets()) socket.close(EXPIRED);
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets()) socket.terminate();
      server.closeAllConnections();
      await closed;
    },
  };
}
