import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** What a page connects to. */
export interface Peer {
  readonly url: string;
  /** Ends every connection without a word. */
  cut(): void;
  close(): Promise<void>;
}

function urlOf(server: { address(): unknown }): string {
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A frame of the chat, and so one that has a name. */
export const FRAME: string = JSON.stringify({ type: "pong", id: 1, server_time: 0 });

/** A WebSocket server that does this to every socket it accepts, with the path that it asked for. */
export async function accepting(treat: (socket: WebSocket, path: string) => void): Promise<Peer> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (socket, { url = "/" }) => treat(socket, url));
  await once(server, "listening");
  const cut = (): void => {
    for (const socket of server.clients) socket.terminate();
  };
  return {
    url: urlOf(server),
    cut,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      cut();
      await closed;
    },
  };
}

/** Accepts TCP connections, and then says nothing: the handshake never ends. */
export async function silent(): Promise<Peer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on("error", () => {})));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: urlOf(server),
    cut,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      cut();
      await closed;
    },
  };
}

/** A port on which nobody listens. */
export async function refused(): Promise<Peer> {
  const server: Server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = urlOf(server);
  server.close();
  await once(server, "close");
  return { url, cut: () => {}, close: async () => {} };
}
