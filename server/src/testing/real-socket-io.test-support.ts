import { once } from "node:events";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server, type ServerOptions, type Socket } from "socket.io";
import { type Socket as ClientSocket, io, type ManagerOptions, type SocketOptions } from "socket.io-client";
import { onTestFinished } from "vitest";
import type { Connection } from "../connection/connection.ts";
import { socketIoConnection } from "../socket-io/socket-io-connection.ts";
import { watchSocketIo } from "../socket-io/watch-socket-io.ts";
import { type Instrumented, instrumented } from "./instrumented.test-support.ts";

/** Both ends of one connection, and how the server measures it. */
export interface SocketIoPair {
  readonly client: ClientSocket;
  readonly socket: Socket;
  readonly connection: Connection;
}

/** A server of socket.io that measures every connection and every refusal, with a clock that stands. */
export interface RealSocketIo extends Omit<Instrumented, "open"> {
  readonly http: HttpServer;
  readonly server: Server;
  readonly url: string;
  /** The next connection that the server accepts, in whatever namespace. */
  accepted(): Promise<Omit<SocketIoPair, "client">>;
  /** A client that has not connected yet, and ends with the test. */
  client(options?: ClientOptions): ClientSocket;
  /** Opens a connection and waits until both ends know of it. */
  connect(options?: ClientOptions): Promise<SocketIoPair>;
}

/** How a client connects. */
export type ClientOptions = Partial<ManagerOptions & SocketOptions> & { readonly namespace?: string };

/** By which way a client talks. */
export const TRANSPORTS = ["websocket", "polling"] as const;

/** Starts one, which ends with the test. */
export async function realSocketIo(
  options: Partial<ServerOptions> = {},
  namespaces: readonly string[] = ["/"],
): Promise<RealSocketIo> {
  const { open: _, ...measuring } = instrumented();
  const http = createServer();
  const server = new Server(http, options);
  watchSocketIo(measuring.instrumentation, server);
  const waiting: ((accepted: Omit<SocketIoPair, "client">) => void)[] = [];
  for (const namespace of namespaces)
    server.of(namespace).on("connection", (socket) => {
      const known = { route: "/ws", authMethod: "cookie" };
      const connection = socketIoConnection(measuring.instrumentation, socket, known);
      waiting.shift()?.({ socket, connection });
    });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const clients: ClientSocket[] = [];
  onTestFinished(async () => {
    for (const client of clients) client.io._close();
    await server.close();
  });
  const accepted = () => new Promise<Omit<SocketIoPair, "client">>((resolve) => waiting.push(resolve));
  const client = ({ namespace = "/", ...known }: ClientOptions = {}): ClientSocket => {
    const created = io(`${url}${namespace}`, {
      forceNew: true,
      reconnectionDelay: 1,
      autoConnect: false,
      ...known,
    });
    clients.push(created);
    return created;
  };
  return {
    ...measuring,
    http,
    server,
    url,
    accepted,
    client,
    connect: async (known) => {
      const created = client(known);
      const [pair] = await Promise.all([
        accepted(),
        new Promise<void>((resolve) => created.once("connect", resolve)),
        created.connect(),
      ]);
      return { client: created, ...pair };
    },
  };
}

/** The next event of a socket, with its arguments. */
export function nextOf(socket: ClientSocket | Socket, event: string): Promise<unknown[]> {
  return new Promise((resolve) => {
    (socket as ClientSocket).once(event, (...args: unknown[]) => resolve(args));
  });
}
