import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { bundle } from "./clients.test-support.ts";

/** A site with a session in a cookie that no script can read. */
export interface SessionSite {
  readonly origin: string;
  /** How often a refresh was asked for. */
  renewals(): number;
  /** Holds answers back from now on, until {@link SessionSite.release}. */
  hold(): void;
  /** Resolves when a refresh is asked for. */
  asked(): Promise<void>;
  /** Answers what was held back, and what comes. */
  release(): void;
  close(): Promise<void>;
}

/** Starts the site on a free port of loopback: `/` has a token store, and `/session` says which cookie came. */
export async function serveSession(): Promise<SessionSite> {
  const script = await bundle("session.ts");
  const page = `<!doctype html><title>Session</title><link rel="icon" href="data:," /><script>${script}</script>`;
  let renewals = 0;
  let isHeld = false;
  let held: (() => void)[] = [];
  const askers: (() => void)[] = [];

  function renew(response: ServerResponse): void {
    renewals++;
    const cookie = `session=${renewals}; HttpOnly; SameSite=Strict; Path=/`;
    const answer = (): void => {
      response.writeHead(200, { "Set-Cookie": cookie }).end(JSON.stringify({ expires_in: 3_600 }));
    };
    if (isHeld) held.push(answer);
    else answer();
    for (const tell of askers.splice(0)) tell();
  }

  const server = createServer(({ url, method, headers }: IncomingMessage, response) => {
    if (url === "/session/renew" && method === "POST") renew(response);
    else if (url === "/session") response.end(headers.cookie ?? "none");
    else response.setHeader("Content-Type", "text/html").end(page);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    renewals: () => renewals,
    hold: () => {
      isHeld = true;
    },
    asked: () => new Promise((resolve) => askers.push(resolve)),
    release: () => {
      isHeld = false;
      for (const answer of held) answer();
      held = [];
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
