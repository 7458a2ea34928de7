import { createServer, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { HttpAnswer } from "@sockscope/alerts";

/** A server that has one answer, to one request. */
export interface AnsweringServer {
  readonly url: string;
  close(): void;
}

/**
 * Starts one on a free port of loopback; whatever else it is asked, it turns away with 400.
 *
 * @param to method and path, with nothing escaped
 */
export async function startAnswering(to: string, answer: HttpAnswer): Promise<AnsweringServer> {
  const server = createServer((request, response) => {
    // Versions of curl differ in how they write an escape.
    const asked = `${request.method} ${decodeURIComponent(request.url ?? "")}`;
    if (asked !== to) {
      response.writeHead(400).end(`not asked for: ${asked}`);
      return;
    }
    response.writeHead(answer.status, answer.headers).end(answer.body?.());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Starts one that answers every upgrade with this status, and keeps open what it opens. */
export async function startUpgrading(status: number): Promise<AnsweringServer> {
  const server = createServer();
  const sockets = new Set<Duplex>();
  server.on("upgrade", (_request, socket) => {
    sockets.add(socket.on("error", () => {}));
    const opens = ["Upgrade: websocket", "Connection: Upgrade"];
    const refuses = ["Content-Length: 0", "Connection: close"];
    const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...(status === 101 ? opens : refuses)];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    if (status !== 101) socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
