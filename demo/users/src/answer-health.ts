import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Answers a health check on loopback, for as long as the process lives: it is called once a first page has been connected, and
 * the process ends with its browser.
 *
 * @param port 0 lets the system choose
 * @returns the port
 */
export async function answerHealth(port: number): Promise<number> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "application/json" }).end('{"status":"ok"}');
  });
  // What keeps the process alive is its browser.
  server.listen(port, "127.0.0.1").unref();
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
