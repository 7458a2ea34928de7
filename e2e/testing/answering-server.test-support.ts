import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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
