import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type ClientOptions, type ServerOptions, WebSocket, WebSocketServer } from "ws";
import type { Connection } from "../connection/connection.ts";
import type { ConnectionOptions } from "../connection/connection-options.ts";
import type { InstrumentServerOptions } from "../instrument-server.ts";
import { wsConnection } from "../ws/ws-connection.ts";
import { type Instrumented, instrumented } from "./instrumented.test-support.ts";

/** Both ends of one connection, and how the server measures it. */
export interface RealConnection {
  readonly client: WebSocket;
  readonly socket: WebSocket;
  readonly connection: Connection;
}

/** A server of `ws` that measures every connection, with a clock that stands until the test moves it. */
export interface RealWs extends Omit<Instrumented, "open"> {
  readonly server: WebSocketServer;
  readonly url: string;
  /** Opens a connection and waits until both ends know of it. */
  connect(options?: ConnectOptions): Promise<RealConnection>;
}

/** How a connection is opened. */
export interface ConnectOptions extends Partial<ConnectionOptions> {
  readonly client?: ClientOptions;
  /** Runs before the socket is measured. */
  readonly before?: (socket: WebSocket) => void;
}

/** Starts one, which ends with the test. */
export async function realWs(
  options: Pick<InstrumentServerOptions, "log" | "catalog" | "byThread"> = {},
  serverOptions: ServerOptions = {},
): Promise<RealWs> {
  const { open: _, ...measuring } = instrumented(options);
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, ...serverOptions });
  const clients = new Set<WebSocket>();
  onTestFinished(() => {
    for (const socket of [...clients, ...server.clients]) WebSocket.prototype.terminate.call(socket);
    server.close();
  });
  await once(server, "listening");
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...measuring,
    server,
    url,
    connect: async ({ client: clientOptions, before, ...known } = {}) => {
      const accepted = new Promise<Omit<RealConnection, "client">>((resolve) => {
        server.once("connection", (socket) => {
          before?.(socket);
          const connectionOptions = { route: "/ws", authMethod: "cookie", ...known };
          resolve({ socket, connection: wsConnection(measuring.instrumentation, socket, connectionOptions) });
        });
      });
      const client = new WebSocket(url, clientOptions);
      clients.add(client);
      await once(client, "open");
      return { client, ...(await accepted) };
    },
  };
}

/** Resolves with the code of a close event; unlike `once`, it does not reject when an error event comes first. */
export function closeCode(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.on("close", resolve));
}

/** Resolves when both ends have had their close events. */
export async function bothClosed({ client, socket }: RealConnection): Promise<void> {
  client.on("error", () => {});
  await Promise.all([closeCode(client), closeCode(socket)]);
}
